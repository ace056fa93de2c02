// A nondeterministic automaton over bytes: what patterns are compiled to.

/// States and the bytes that lead from one to the next.
///
/// Ken Thompson, "Regular Expression Search Algorithm", Communications of the ACM 11(6), 1968. It is
/// built from its end: what is added leads to states that are there.
struct ByteProgram {
  /// What a state does.
  enum State: Equatable {
    /// Takes one byte of a range.
    case bytes(ClosedRange<UInt8>, next: Int)
    /// Goes on in either of two states, without a byte.
    case split(Int, Int)
    /// Accepts what was read.
    case match
  }

  private(set) var states: [State] = []

  /// The state in which reading begins; set by whoever builds.
  var start = 0

  /// The most states of a program.
  static let maximumCount = 6000

  /// Whether the program has become too large, and its states mean nothing.
  private(set) var isTooLarge = false

  /// Adds a state, and returns its number.
  mutating func add(_ state: State) -> Int {
    guard states.count < Self.maximumCount else {
      isTooLarge = true
      return 0
    }
    states.append(state)
    return states.count - 1
  }

  /// Adds a choice whose second way is not known yet, for loops.
  mutating func addOpenSplit(_ first: Int) -> Int { add(.split(first, first)) }

  /// Sets both ways of a choice.
  mutating func close(_ split: Int, _ first: Int, _ second: Int) {
    if !isTooLarge { states[split] = .split(first, second) }
  }

  /// Adds a choice of several ways; nil of none.
  mutating func addChoice(_ ways: [Int]) -> Int? {
    guard var choice = ways.last else { return nil }
    for way in ways.dropLast().reversed() { choice = add(.split(way, choice)) }
    return choice
  }

  /// Adds the bytes of one scalar.
  mutating func add(_ scalar: Unicode.Scalar, next: Int) -> Int {
    var next = next
    for byte in Array(String(scalar).utf8).reversed() {
      next = add(.bytes(byte...byte, next: next))
    }
    return next
  }

  /// Adds any one scalar.
  mutating func addAnyScalar(next: Int) -> Int {
    let one = add(.bytes(0x80...0xBF, next: next))
    let two = add(.bytes(0x80...0xBF, next: one))
    let three = add(.bytes(0x80...0xBF, next: two))
    let ways = [
      add(.bytes(0x00...0x7F, next: next)), add(.bytes(0xC2...0xDF, next: one)),
      add(.bytes(0xE0...0xEF, next: two)), add(.bytes(0xF0...0xF4, next: three)),
    ]
    return addChoice(ways) ?? next
  }

  /// Adds any scalar of some ranges; nil of none.
  mutating func add(_ ranges: [ClosedRange<UInt32>], next: Int) -> Int? {
    var ways: [Int] = []
    for range in ranges {
      for sequence in UTF8Ranges.sequences(of: range) {
        var state = next
        for bytes in sequence.reversed() { state = add(.bytes(bytes, next: state)) }
        ways.append(state)
      }
      if isTooLarge { return nil }
    }
    return addChoice(ways)
  }
}

/// Ranges of scalars as ranges of the bytes of their UTF-8.
enum UTF8Ranges {
  /// Sequences of byte ranges that together match exactly the scalars of a range.
  static func sequences(of range: ClosedRange<UInt32>) -> [[ClosedRange<UInt8>]] {
    let limits: [ClosedRange<UInt32>] = [
      0...0x7F, 0x80...0x7FF, 0x800...0xD7FF, 0xE000...0xFFFF, 0x10000...0x10FFFF,
    ]
    return limits.flatMap { limit in
      range.overlaps(limit) ? split(range.clamped(to: limit)) : []
    }
  }

  /// Splits a range whose scalars have the same length until each byte is a range of its own.
  private static func split(_ range: ClosedRange<UInt32>) -> [[ClosedRange<UInt8>]] {
    let low = bytes(range.lowerBound)
    let high = bytes(range.upperBound)
    for place in 1..<max(1, low.count) {
      let mask: UInt32 = (1 << UInt32(6 * place)) - 1
      guard range.lowerBound | mask != range.upperBound | mask else { break }
      if range.lowerBound & mask != 0 {
        let middle = range.lowerBound | mask
        return split(range.lowerBound...middle) + split(middle + 1...range.upperBound)
      }
      if range.upperBound & mask != mask {
        let middle = range.upperBound & ~mask
        return split(range.lowerBound...middle - 1) + split(middle...range.upperBound)
      }
    }
    return [zip(low, high).map { $0...$1 }]
  }

  private static func bytes(_ value: UInt32) -> [UInt8] {
    Unicode.Scalar(value).map { Array(String($0).utf8) } ?? []
  }
}
