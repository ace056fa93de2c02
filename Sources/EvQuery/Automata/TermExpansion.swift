internal import EvBytes
package import EvIndex

/// Finds terms of a collection by patterns.
///
/// A dictionary is sorted, so an automaton need not see all of it: where the next term cannot match, the
/// walk goes on at the next one that can.
package struct TermExpansion: Sendable {
  private let snapshot: IndexSnapshot

  /// Terms that match, the most frequent first.
  package struct Result: Equatable, Sendable {
    /// The terms, and in how many documents each is; of equal ones the first in the order of bytes.
    package var terms: [(term: String, documentFrequency: Int)] = []

    /// How many terms match in all.
    package var count = 0

    /// Whether the pattern was given up, so that more terms may match.
    package var isIncomplete = false

    package static func == (left: Result, right: Result) -> Bool {
      left.count == right.count && left.isIncomplete == right.isIncomplete
        && left.terms.elementsEqual(right.terms, by: ==)
    }
  }

  /// The most terms of a result.
  package static let limit = 500

  /// Words begin with this byte or a higher one: what begins lower is of another kind.
  private static let firstByte: UInt8 = 0x20

  package init(_ snapshot: IndexSnapshot) {
    self.snapshot = snapshot
  }

  /// Terms that begin with some bytes.
  package func beginning(with prefix: String) throws(IndexError) -> Result {
    let prefix = Array(prefix.utf8)
    return try range(
      from: prefix, isWanted: { $0.starts(with: prefix) }, while: { $0.starts(with: prefix) })
  }

  /// Terms from `low` on for which `continues` holds, those that are wanted.
  package func range(
    from low: [UInt8], isWanted: ([UInt8]) -> Bool, while continues: ([UInt8]) -> Bool
  ) throws(IndexError) -> Result {
    var counts = Counts()
    for segment in snapshot.segments {
      var cursor = try TermCursor(segment.terms, seeking: low.rawSpan)
      while try cursor.next(), continues(cursor.term) {
        if isWanted(cursor.term) {
          counts.add(cursor.term, segment.liveDocumentFrequency(of: cursor.info))
        }
      }
    }
    return counts.result
  }

  /// Terms with `*` for any characters and `?` for one.
  package func matching(wildcard pattern: String) throws(IndexError) -> Result {
    let program = TermPattern.wildcard(pattern)
    guard let program, let literal = TermPattern.literal(ofOpen: pattern) else {
      return try matching(program)
    }
    // Nothing can be passed over where any term may match; so the bytes that a term must have are looked
    // for first.
    var automaton = ByteAutomaton(program)
    var counts = Counts()
    for segment in snapshot.segments {
      try segment.terms.scan(for: literal.bytes, atEnd: literal.isAtEnd) { term, info in
        guard term[0] >= Self.firstByte, automaton.accepts(term) else { return }
        counts.add(term, segment.liveDocumentFrequency(of: info))
      }
    }
    var result = counts.result
    result.isIncomplete = automaton.isExhausted
    return result
  }

  /// Terms that a regular expression matches as a whole.
  package func matching(regex pattern: String) throws(IndexError) -> Result {
    try matching(RegularExpression.program(pattern))
  }

  /// Terms that differ from a word in at most `distance` edits.
  package func near(
    _ word: String, distance: Int, keepingFirst fixed: Int
  ) throws(IndexError) -> Result {
    try matching(TermPattern.near(word, distance: distance, keepingFirst: fixed))
  }

  private func matching(_ program: ByteProgram?) throws(IndexError) -> Result {
    guard let program else { return Result(isIncomplete: true) }
    var automaton = ByteAutomaton(program)
    var counts = Counts()
    for segment in snapshot.segments {
      try walk(segment, &automaton) { term, info in
        counts.add(term, segment.liveDocumentFrequency(of: info))
      }
    }
    var result = counts.result
    result.isIncomplete = automaton.isExhausted
    return result
  }

  private func walk(
    _ segment: SegmentReader, _ automaton: inout ByteAutomaton,
    _ body: ([UInt8], TermInfo) -> Void
  ) throws(IndexError) {
    var cursor = try TermCursor(segment.terms, seeking: [Self.firstByte].rawSpan)
    // The states behind the first bytes of the last term, as far as they are alive.
    var states = [automaton.start]
    var last: [UInt8] = []
    // A few terms are passed over one by one, since the next block is found by a search.
    var passed = 0
    var target: [UInt8] = []
    var count = 0
    while try cursor.next() {
      count += 1
      if count & 0xFF == 0 { try Interruption.check() }
      let term = cursor.term
      if !target.isEmpty, term.rawSpan.precedes(target.rawSpan) {
        passed += 1
        if passed > Self.passedTerms {
          cursor = try TermCursor(segment.terms, seeking: target.rawSpan)
          passed = 0
        }
        continue
      }
      passed = 0
      target = []
      var length = zip(term, last).prefix { $0 == $1 }.count
      length = min(length, states.count - 1)
      states.removeLast(states.count - 1 - length)
      while length < term.count {
        let next = automaton.step(states[length], term[length])
        if next == ByteAutomaton.dead { break }
        states.append(next)
        length += 1
      }
      last = term
      if length == term.count {
        if automaton.isMatch(states[length]) { body(term, cursor.info) }
        continue
      }
      guard let next = Self.target(behind: term, states, &automaton) else { return }
      target = next
    }
  }

  /// Terms that are passed over before a search for the next one begins.
  private static let passedTerms = 8

  /// The lowest bytes behind `term` that terms which match may begin with; nil where there are none.
  ///
  /// - Parameter states: The states behind the first bytes of the term; the next byte leads nowhere.
  private static func target(
    behind term: [UInt8], _ states: [Int32], _ automaton: inout ByteAutomaton
  ) -> [UInt8]? {
    for length in stride(from: states.count - 1, through: 0, by: -1) {
      if let byte = automaton.nextByte(states[length], above: term[length]) {
        return Array(term[..<length]) + [byte]
      }
    }
    return nil
  }

  /// In how many documents each of some terms is.
  private struct Counts {
    private var frequencies: [[UInt8]: Int] = [:]

    mutating func add(_ term: [UInt8], _ documentFrequency: Int) {
      if documentFrequency > 0 { frequencies[term, default: 0] += documentFrequency }
    }

    var result: Result {
      let sorted = frequencies.sorted { left, right in
        left.value != right.value
          ? left.value > right.value : left.key.lexicographicallyPrecedes(right.key)
      }
      return Result(
        terms: sorted.prefix(TermExpansion.limit).map {
          (String(decoding: $0.key, as: UTF8.self), $0.value)
        },
        count: sorted.count)
    }
  }
}
