import EvIndex

/// Bytes that the parts of a segment's postings take in several codes.
struct IndexCodeCosts {
  /// A part: how many numbers it has, and the bytes in each code.
  private struct Part {
    var count = 0
    var bytes: [Int] = []

    mutating func add(_ count: Int, _ bytes: [Int]) {
      self.count += count
      if self.bytes.isEmpty { self.bytes = bytes.map { _ in 0 } }
      for (index, number) in bytes.enumerated() { self.bytes[index] += number }
    }
  }

  private var positions = Part()
  private var counts = Part()
  private var documents = Part()
  private var positionRests = Part()
  private var tails = Part()

  /// Reckons the lists of a segment.
  mutating func add(_ segment: SegmentReader) throws {
    var cursor = TermCursor(segment.terms)
    var own: [UInt32] = []
    while try cursor.next() {
      var postings = PostingsCursor(segment.postings, cursor.info)
      var list: [UInt32] = []
      var frequencies: [UInt32] = []
      var differences: [UInt32] = []
      while try postings.next() != PostingsCursor.end {
        list.append(postings.document)
        frequencies.append(try postings.frequency())
        try postings.readPositions(into: &own)
        var previous: UInt32 = 0
        for position in own {
          differences.append(position &- previous)
          previous = position
        }
      }
      add(documents: list, frequencies)
      add(positions: differences)
    }
  }

  private mutating func add(positions differences: [UInt32]) {
    let end = differences.count / 128 * 128
    for start in stride(from: 0, to: end, by: 128) {
      let block = Array(differences[start..<start + 128])
      positions.add(
        128,
        [
          CodeCosts.patched(block), CodeCosts.patchedPacked(block), CodeCosts.patchedMarked(block),
          CodeCosts.rice(block),
        ])
    }
    let rest = Array(differences[end...])
    let varints = rest.reduce(0) { $0 + CodeCosts.varint($1) }
    positionRests.add(
      rest.count,
      [varints, min(varints, 1 + CodeCosts.packed(rest)), min(varints, CodeCosts.rice(rest))])
  }

  private mutating func add(documents list: [UInt32], _ frequencies: [UInt32]) {
    let end = list.count < 128 ? 0 : list.count / 128 * 128
    for start in stride(from: 0, to: end, by: 128) {
      let base = start > 0 ? list[start - 1] : UInt32.max
      func apart(_ distance: Int) -> [UInt32] {
        (start..<start + 128).map { index in
          list[index] &- (index - distance < start ? base : list[index - distance]) &- 1
        }
      }
      // A set of bits, where that is the shortest.
      let set = 8 * (Int(list[start + 127] / 64) - Int((base &+ 1) / 64) + 1)
      documents.add(
        128,
        [
          min(set, CodeCosts.packed(apart(4).map { $0 + 1 })), min(set, CodeCosts.packed(apart(1))),
          min(set, CodeCosts.patched(apart(1)) - 1), min(set, CodeCosts.rice(apart(1))),
        ])
      let less = frequencies[start..<start + 128].map { $0 - 1 }
      counts.add(
        128, [CodeCosts.patched(less), CodeCosts.patchedMarked(less), CodeCosts.rice(less)])
    }
    var gaps: [UInt32] = []
    var varints = 0
    for index in end..<list.count {
      let delta = list[index] &- (index > 0 ? list[index - 1] : .max)
      gaps.append(delta - 1)
      varints += CodeCosts.varint(2 * delta)
      if frequencies[index] > 1 { varints += CodeCosts.varint(frequencies[index]) }
    }
    tails.add(
      gaps.count,
      [varints, min(varints, CodeCosts.rice(gaps, unary: Array(frequencies[end...])))])
  }

  /// A row a part.
  var lines: [String] {
    [
      Self.line("positions in blocks: patched, high bits packed, places marked, Rice", positions),
      Self.line("positions in rests: varints, packed, Rice", positionRests),
      Self.line("counts in blocks: patched, places marked, Rice", counts),
      Self.line("documents in blocks: 4 apart, 1 apart, patched, Rice", documents),
      Self.line("documents and counts in tails: varints, Rice with counts in unary", tails),
    ]
  }

  private static func line(_ name: String, _ part: Part) -> String {
    "\(name); \(part.count) numbers: " + part.bytes.map(String.init).joined(separator: ", ")
  }
}
