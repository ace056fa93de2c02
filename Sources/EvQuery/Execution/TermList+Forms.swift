// A clause with several forms, each with a list of its own.
//
// A list that is walked is merged (FormsList). One that is only asked for some documents is not: each
// form's list is asked, and what they say is added up.

internal import EvBytes
internal import EvIndex

/// The lists of the forms of a clause.
@safe
struct FormLists {
  let lists: UnsafeMutablePointer<TermList>
  let count: Int
  /// For each form 128 places: how often, weighted, it is in the documents that are asked for.
  let rows: UnsafeMutablePointer<Float>
}

extension TermList {
  /// Opens a clause as the lists of its forms.
  ///
  /// - Parameters:
  ///   - forms: At least one, opened with the clause's weight and multiplicity; they outlive the list.
  ///   - scratch: As for the list of a term.
  init(
    _ forms: FormLists, term: Int, weight: Float, multiplicity: Int, norms: NormTable,
    scratch: UnsafeMutableRawPointer
  ) {
    var (most, documents): (Float, Int) = (0, 0)
    for number in 0..<forms.count {
      // Safe: there are so many lists.
      most = unsafe (most + forms.lists[number].upperBound) * (1 + Self.slack)
      documents += unsafe forms.lists[number].blocks.documentFrequency
    }
    let (bounds, last) = unsafe (
      forms.lists[0].blocks.bounds, forms.lists[0].blocks.lastDocuments
    )
    let blocks = unsafe TermBlocks(
      count: 0, documentFrequency: documents, bounds: bounds, lastDocuments: last)
    let highest = weight * Float(multiplicity) * (1 + Self.slack)
    unsafe self.init(
      blocks, forms, term: term, weight: weight, multiplicity: multiplicity, norms: norms,
      upperBound: min(most, highest), scratch: scratch)
  }

  /// Adds up what all forms have of documents, into ``weighted`` at their places.
  ///
  /// - Returns: How many documents have any form; the others are dropped.
  private func gather(
    _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>, _ count: Int,
    needsFrequencies: Bool
  ) throws(FormatError) -> Int {
    guard let forms, count > 0 else { return 0 }
    for number in 0..<forms.count {
      unsafe try ask(forms, number, documents, places, count, needsFrequencies: needsFrequencies)
    }
    var kept = 0
    for index in 0..<count {
      let place = unsafe places[index]
      // In the order of the forms, as scorers add them up.
      var sum: Float = 0
      for number in 0..<forms.count {
        sum += unsafe forms.rows[number * Self.blockSize + Int(place)]
      }
      unsafe weighted[Int(place)] = sum
      unsafe places[kept] = place
      kept += sum > 0 ? 1 : 0
    }
    return kept
  }

  /// Notes in a form's row how often it is in documents; 1 for any number where that does not matter.
  private func ask(
    _ forms: FormLists, _ number: Int, _ documents: UnsafePointer<UInt32>,
    _ places: UnsafePointer<UInt32>, _ count: Int, needsFrequencies: Bool
  ) throws(FormatError) {
    // Safe: places are below 128; the memory for documents of a block is free, since a clause with forms
    // has no blocks of its own.
    let row = unsafe forms.rows + number * Self.blockSize
    for index in 0..<count {
      unsafe self.documents[index] = places[index]
      unsafe row[Int(places[index])] = 0
    }
    _ = unsafe try (forms.lists + number).pointee.matchOne(
      documents, self.documents, count, gate: nil, needsFrequencies: needsFrequencies
    ) { form, place, _, own in
      unsafe row[place] = needsFrequencies ? form.weighted[own] : 1
      return true
    }
  }

  /// Finds those of some documents that have any form; see ``match(_:_:_:gate:needsFrequencies:_:)``.
  @inline(__always)
  mutating func matchForms(
    _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>, _ count: Int,
    gate: Gate?, needsFrequencies: Bool,
    _ found: (borrowing TermList, _ place: Int, _ block: Int, _ own: Int) -> Bool
  ) throws(FormatError) -> Int {
    var live = count
    if let gate {
      live = 0
      for index in 0..<count {
        let place = unsafe places[index]
        unsafe places[live] = place
        live += unsafe gate.partial[Int(place)] + upperBound >= gate.needed ? 1 : 0
      }
    }
    live = unsafe try gather(documents, places, live, needsFrequencies: needsFrequencies)
    var kept = 0
    for index in 0..<live {
      let place = unsafe places[index]
      guard found(self, Int(place), 0, Int(place)) else { continue }
      unsafe places[kept] = place
      kept += 1
    }
    return kept
  }

  /// How often `document` holds the forms together, weighted; as ``frequency(of:)``.
  func frequencyOfForms(_ document: UInt32) throws(FormatError) -> Float {
    guard let forms else { return 0 }
    var sum: Float = 0
    for number in 0..<forms.count {
      sum += unsafe try forms.lists[number].frequency(of: document)
    }
    return sum
  }
}
