internal import EvAnalysis
internal import EvBytes
internal import Synchronization

// The forms of a word that a segment has.

extension SegmentReader {
  /// The languages that the segment has stems of, by their codes in ascending order.
  package var stemLanguages: [String] { stems?.languages ?? [] }

  /// The terms of the segment whose stem is `stem`, in the order of their bytes.
  ///
  /// - Parameter language: The code of a language; without stems of it there are no forms.
  package func forms(
    ofStem stem: String, language: String
  ) throws(IndexError) -> [(term: String, info: TermInfo)] {
    guard let stems, let stemmer = Stemmers.stemmer(of: language) else { return [] }
    let wanted = Array(stem.utf8)
    var found: [(term: String, info: TermInfo)] = []
    // A term that is its own stem is looked up by its own bytes.
    if stemmer.stem(wanted) == wanted, let info = try terms.find(stem) {
      found.append((stem, info))
    }
    for number in try stems.candidates(wanted, language: language) {
      guard let (term, info) = try terms.term(at: number) else {
        throw stems.reader.corrupt(3, at: 0, "there is no term \(number)")
      }
      if term != wanted, stemmer.stem(term) == wanted {
        found.append((String(decoding: term, as: UTF8.self), info))
      }
    }
    return found.sorted { $0.term.utf8.lexicographicallyPrecedes($1.term.utf8) }
  }
}

/// The stemmers, each opened once.
enum Stemmers {
  private static let opened = Mutex<[String: Stemmer]>([:])

  /// The stemmer of a language; nil where there is none.
  static func stemmer(of language: String) -> Stemmer? {
    opened.withLock { opened in
      if let stemmer = opened[language] { return stemmer }
      guard let stemmer = Stemmer(language: language) else { return nil }
      opened[language] = stemmer
      return stemmer
    }
  }
}
