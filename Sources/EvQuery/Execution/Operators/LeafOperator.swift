internal import EvBytes
internal import EvIndex

/// What is scored as one: a word or a phrase, in one form or in several.
///
/// The forms' occurrences, each times the weight of its form, are added up and make one score. More of them
/// never score more than each for itself together, so that the forms are taken as the lists of a
/// ``DisjunctionOperator`` are: leading, the form with the highest bound comes first, and of a weaker one
/// only what could reach the threshold is looked at, without what a stronger one has handed out.
@safe
final class LeafOperator: ListOperator {
  private let owner: SegmentLists
  /// The forms, the one with the highest bound first.
  private let forms: [FormSource]
  /// The same in the order of the query, in which scorers add them up.
  private let inOrder: [FormSource]
  /// What the forms behind each may add together.
  private let rest: [Float]
  private let weight: Float
  private let multiplicity: Double
  private let norms: NormTable
  /// The form that leads.
  private var leading = 0

  /// - Parameters:
  ///   - forms: At least one, in the order of the query; opened with the same weight and multiplicity.
  ///   - weight: Their idf, times the boost.
  convenience init(
    _ forms: [FormSource], weight: Float, multiplicity: Int, effort: Int, owner: SegmentLists
  ) {
    var sorted = forms
    if forms.count > 1 { sorted.sort { $0.upperBound > $1.upperBound } }
    var (bounds, cost): ([Float], Int) = ([], 0)
    for form in sorted {
      bounds.append(form.upperBound)
      cost += form.cost
    }
    self.init(
      sorted, forms, rest: boundsBehind(bounds), cost: cost, weight, multiplicity, effort, owner)
  }

  private init(
    _ forms: [FormSource], _ inOrder: [FormSource], rest: [Float], cost: Int, _ weight: Float,
    _ multiplicity: Int, _ effort: Int, _ owner: SegmentLists
  ) {
    self.forms = forms
    self.inOrder = inOrder
    self.rest = rest
    self.owner = owner
    self.weight = weight
    self.multiplicity = Double(multiplicity)
    norms = owner.norms
    let highest = weight * Float(multiplicity) * (1 + TermList.slack)
    super.init(
      cost: cost, effort: effort,
      upperBound: min(highest, (forms[0].upperBound + rest[0]) * (1 + TermList.slack)))
  }

  override func next(reaching threshold: Float) throws(IndexError) -> Int? {
    do throws(FormatError) {
      while leading < forms.count {
        let lead = forms[leading]
        let least = threshold - rest[leading]
        if lead.upperBound >= least,
          let count = unsafe try lead.next(reaching: least, places, running)
        {
          unsafe documents = lead.documents
          return forms.count == 1
            ? unsafe scored(documents, places, count) : try complete(count, threshold)
        }
        leading += 1
        guard leading < forms.count, forms[leading].upperBound + rest[leading] >= threshold else {
          leading = forms.count
          return nil
        }
        restarts += 1
        for form in forms { form.rewind() }
      }
      return nil
    } catch {
      throw owner.corrupt(error)
    }
  }

  /// Scores documents that have one form only.
  ///
  /// - Returns: How many there are.
  private func scored(
    _ documents: UnsafePointer<UInt32>, _ places: UnsafePointer<UInt32>, _ count: Int
  ) -> Int {
    let found = unsafe forms[0].found
    let (scores, sums) = unsafe (self.scores, self.sums)
    for index in 0..<count {
      // Safe: places are below 128.
      let place = unsafe Int(places[index])
      unsafe set(place, documents[place], found[place], scores, sums)
    }
    return count
  }

  /// Notes the score of a document.
  @inline(__always)
  private func set(
    _ place: Int, _ document: UInt32, _ frequency: Float, _ scores: UnsafeMutablePointer<Float>,
    _ sums: UnsafeMutablePointer<Double>
  ) {
    let sum = score(document, frequency)
    unsafe sums[place] = sum
    unsafe scores[place] = Float(sum)
  }

  @inline(__always)
  private func score(_ document: UInt32, _ frequency: Float) -> Double {
    // Safe: documents are below the segment's number.
    let inverse = unsafe norms.inverse[Int(norms.codes[Int(document)])]
    let once = BM25.score(weight: weight, frequency: frequency, inverseSaturation: inverse)
    return Double(once) * multiplicity
  }

  /// Asks the weaker forms for what the leading one has handed out, and drops what a stronger one has.
  private func complete(_ count: Int, _ threshold: Float) throws(FormatError) -> Int {
    let documents = unsafe self.documents
    var count = count
    for number in leading + 1..<max(leading + 1, forms.count) where count > 0 {
      unsafe clear(forms[number], places, count)
      count = unsafe try ask(number, documents, places, count, threshold).left
    }
    for number in 0..<leading {
      count = unsafe try dropOfForm(number, documents, places, count)
      unsafe clear(forms[number], places, count)
    }
    return unsafe sumUp(documents, places, count, threshold)
  }

  /// Sets what a form has of some documents to nothing.
  private func clear(_ form: FormSource, _ places: UnsafePointer<UInt32>, _ count: Int) {
    let row = unsafe form.useRow()
    for index in 0..<count { unsafe row[Int(places[index])] = 0 }
  }

  /// Asks a form for documents, adds the most that they may score to ``running``, and keeps those that may
  /// reach a score.
  private func ask(
    _ number: Int, _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>,
    _ count: Int, _ threshold: Float
  ) throws(FormatError) -> (left: Int, found: PlaceMask) {
    let needed = threshold - rest[number]
    let (probes, running, form) = unsafe (self.probes, self.running, forms[number])
    unsafe probes.update(from: places, count: count)
    let gate = unsafe TermList.Gate(partial: UnsafePointer(running), needed: needed)
    let matched = unsafe try form.match(documents, probes, count, gate)
    let row = unsafe form.found
    var found = PlaceMask()
    for index in 0..<matched {
      // Safe: places are below 128.
      let place = unsafe probes[index]
      found.insert(place)
      let most = unsafe score(documents[Int(place)], row[Int(place)])
      unsafe running[Int(place)] =
        (running[Int(place)] + Float(most)) * (1 + TermList.slack)
    }
    return (unsafe reaching(needed, places, count), found)
  }

  private func dropOfForm(
    _ number: Int, _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>,
    _ count: Int
  ) throws(FormatError) -> Int {
    guard count > 0 else { return 0 }
    unsafe probes.update(from: places, count: count)
    let found = unsafe try forms[number].keep(documents, probes, count)
    guard found > 0 else { return count }
    var mask = PlaceMask()
    for index in 0..<found { mask.insert(unsafe probes[index]) }
    return unsafe mask.drop(from: places, count)
  }

  /// Scores documents for all forms together.
  private func sumUp(
    _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>, _ count: Int,
    _ threshold: Float
  ) -> Int {
    for index in 0..<count {
      // Safe: places are below 128.
      let place = unsafe Int(places[index])
      var frequency: Float = 0
      for form in inOrder { frequency += unsafe form.found[place] }
      unsafe set(place, documents[place], frequency, scores, sums)
      unsafe running[place] = scores[place]
    }
    return unsafe reaching(threshold, places, count)
  }

  override func match(
    _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>, _ count: Int,
    _ gate: TermList.Gate
  ) throws(IndexError) -> Int {
    do throws(FormatError) {
      if forms.count == 1 {
        let matched = unsafe try forms[0].match(documents, places, count, gate)
        return unsafe scored(documents, places, matched)
      }
      var count = count
      for form in forms { unsafe clear(form, places, count) }
      for index in 0..<count {
        let place = unsafe Int(places[index])
        unsafe running[place] = gate.partial[place]
      }
      var found = PlaceMask()
      for number in forms.indices where count > 0 {
        let asked = unsafe try ask(number, documents, places, count, gate.needed)
        count = asked.left
        found.formUnion(asked.found)
      }
      count = unsafe found.keep(in: places, count)
      for index in 0..<count {
        let place = unsafe Int(places[index])
        var frequency: Float = 0
        for form in inOrder { frequency += unsafe form.found[place] }
        unsafe set(place, documents[place], frequency, scores, sums)
      }
      return count
    } catch {
      throw owner.corrupt(error)
    }
  }

  override func keep(
    _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>, _ count: Int
  ) throws(IndexError) -> Int {
    do throws(FormatError) {
      if forms.count == 1 { return unsafe try forms[0].keep(documents, places, count) }
      var found = PlaceMask()
      for form in forms {
        unsafe probes.update(from: places, count: count)
        let matched = unsafe try form.keep(documents, probes, count)
        for index in 0..<matched { found.insert(unsafe probes[index]) }
      }
      return unsafe found.keep(in: places, count)
    } catch {
      throw owner.corrupt(error)
    }
  }

  override func insert(into set: DocumentBits) throws(IndexError) {
    do throws(FormatError) { for form in forms { try form.insert(into: set) } } catch {
      throw owner.corrupt(error)
    }
  }

  override func rewind() {
    leading = 0
    for form in forms { form.rewind() }
  }

  override var promise: Float {
    // What other forms add only makes scores higher.
    forms.reduce(0) { max($0, $1.promise) }
  }

  override var name: String {
    forms.count == 1 && forms[0] is PhraseSource ? "phrase" : "union, list by list"
  }

  override func traced(_ role: String) -> [ExecutionTrace.List] {
    inOrder.flatMap(\.traced).map { list in
      var list = list
      list.role = role.isEmpty ? "optional" : role
      return list
    }
  }
}
