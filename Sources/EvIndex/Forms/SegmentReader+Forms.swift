internal import EvAnalysis
internal import EvBytes

// The forms of a word that a segment has.

extension SegmentReader {
  /// The languages that the segment has stems of, by their codes in ascending order.
  package var stemLanguages: [String] {
    forms?.rules.filter { $0 != FormRule.marksCode } ?? []
  }

  /// The terms of the segment with a base, in the order of their bytes.
  ///
  /// A segment that has no table for the rule has no forms.
  func forms(
    ofBase base: String, by rule: FormRule
  ) throws(IndexError) -> [(term: String, info: TermInfo)] {
    guard let forms, forms.rules.contains(rule.code) else { return [] }
    let wanted = Array(base.utf8)
    var found: [(term: String, info: TermInfo)] = []
    // A term that is its own base is looked up by its own bytes.
    if rule.base(of: wanted) == wanted, let info = try terms.find(base) {
      found.append((base, info))
    }
    for number in try forms.candidates(wanted, rule: rule.code) {
      guard let (term, info) = try terms.term(at: number) else {
        throw forms.reader.corrupt(3, at: 0, "there is no term \(number)")
      }
      if term != wanted, rule.base(of: term) == wanted {
        found.append((String(decoding: term, as: UTF8.self), info))
      }
    }
    return found.sorted { $0.term.utf8.lexicographicallyPrecedes($1.term.utf8) }
  }
}
