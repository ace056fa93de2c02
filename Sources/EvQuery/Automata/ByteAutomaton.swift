// A program made deterministic, state by state as they are needed.

/// Reads bytes and says whether a term with these first bytes can match.
///
/// A state is a set of the program's states. Each is made once, with a table of what each byte leads to.
struct ByteAutomaton {
  /// The state from which nothing can match.
  static let dead: Int32 = 0

  private static let unknown: Int32 = -1

  /// The most states that are made; a pattern that needs more is given up.
  private static let maximumCount = 3000

  private let program: ByteProgram
  /// What each byte leads to, 256 entries a state.
  private var table: [Int32] = []
  private var matches: [Bool] = []
  private var members: [[Int32]] = []
  private var numbers: [[Int32]: Int32] = [:]

  /// Whether there were too many states, so that some matches may be missing.
  private(set) var isExhausted = false

  /// The state before the first byte.
  private(set) var start: Int32 = 0

  init(_ program: ByteProgram) {
    self.program = program
    _ = number(of: [])
    start = number(of: closure(of: [Int32(program.start)]))
  }

  /// The state behind a byte.
  mutating func step(_ state: Int32, _ byte: UInt8) -> Int32 {
    let place = Int(state) << 8 | Int(byte)
    if table[place] != Self.unknown { return table[place] }
    var next: [Int32] = []
    for member in members[Int(state)] {
      if case .bytes(let range, let target) = program.states[Int(member)], range.contains(byte) {
        next.append(Int32(target))
      }
    }
    let number = number(of: closure(of: next))
    table[place] = number
    return number
  }

  /// Whether what was read so far matches.
  func isMatch(_ state: Int32) -> Bool { matches[Int(state)] }

  /// Whether a term matches.
  mutating func accepts(_ term: [UInt8]) -> Bool {
    var state = start
    for byte in term {
      state = step(state, byte)
      if state == Self.dead { return false }
    }
    return isMatch(state)
  }

  /// The lowest byte above `byte` that does not lead to ``dead``, and the lowest of all for nil.
  mutating func nextByte(_ state: Int32, above byte: UInt8?) -> UInt8? {
    var lowest: UInt8?
    let first = byte.map { Int($0) + 1 } ?? 0
    for member in members[Int(state)] {
      guard case .bytes(let range, _) = program.states[Int(member)], Int(range.upperBound) >= first
      else { continue }
      let candidate = UInt8(max(first, Int(range.lowerBound)))
      lowest = min(lowest ?? candidate, candidate)
    }
    return lowest
  }

  private mutating func number(of set: [Int32]) -> Int32 {
    if let number = numbers[set] { return number }
    guard members.count < Self.maximumCount else {
      isExhausted = true
      return Self.dead
    }
    let number = Int32(members.count)
    numbers[set] = number
    members.append(set.filter { program.states[Int($0)] != .match })
    matches.append(set.contains { program.states[Int($0)] == .match })
    table.append(contentsOf: repeatElement(set.isEmpty ? Self.dead : Self.unknown, count: 256))
    return number
  }

  /// The states that take a byte or accept, and are reached without one; ascending.
  private func closure(of seeds: [Int32]) -> [Int32] {
    var seen: Set<Int32> = []
    var pending = seeds
    var found: [Int32] = []
    while let state = pending.popLast() {
      guard seen.insert(state).inserted else { continue }
      switch program.states[Int(state)] {
      case .split(let first, let second): pending += [Int32(first), Int32(second)]
      case .bytes, .match: found.append(state)
      }
    }
    return found.sorted()
  }
}
