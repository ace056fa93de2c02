import CVectors
import EvTestSupport
import Testing

/// The vector primitives of positions against plain loops.
@Suite struct PositionVectorTests {
  /// Ascending numbers as differences, with places behind that hold what must not be looked at.
  private static func row(
    _ count: Int, below limit: Int, _ random: inout SplitMix64
  ) -> (numbers: [UInt32], differences: [UInt32]) {
    var numbers: Set<UInt32> = []
    while numbers.count < count {
      numbers.insert(UInt32.random(in: 0..<UInt32(limit), using: &random))
    }
    let sorted = numbers.sorted()
    let differences = sorted.indices.map { $0 == 0 ? sorted[0] : sorted[$0] - sorted[$0 - 1] }
    return (sorted, differences + [0, 1, 7])
  }

  @Test(arguments: 0..<20)
  func `two rows meet where a plain loop finds the same numbers`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<200 {
      let counts = (0..<2).map { _ in Int.random(in: 0...(seed < 10 ? 6 : 60), using: &random) }
      let limit = Int.random(in: 61...200, using: &random)
      let (a, b) = (
        Self.row(counts[0], below: limit, &random), Self.row(counts[1], below: limit, &random)
      )
      let bases = (0..<2).map { _ in UInt32.random(in: 0...3, using: &random) }
      let expected = Set(a.numbers.map { $0 + bases[0] }).intersection(
        b.numbers.map { $0 + bases[1] })
      let found = unsafe ev_meetings(
        a.differences, counts[0], bases[0], b.differences, counts[1], bases[1])
      #expect(Int(found) == expected.count)
    }
  }

  @Test(arguments: 0..<4)
  func `a sum is that of a plain loop`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let numbers = (0..<140).map { _ in UInt32.random(in: 0...UInt32.max, using: &random) }
    for count in 0...128 {
      let expected = numbers[..<count].reduce(0, &+)
      #expect(unsafe ev_u32_sum(numbers, count) == expected)
    }
  }
}
