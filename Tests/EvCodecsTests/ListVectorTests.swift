import CVectors
import EvTestSupport
import Testing

/// The vector primitives of lists against plain loops.
@Suite struct ListVectorTests {
  @Test(arguments: 0..<8)
  func `numbers below a limit are counted up to the first that is not`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<200 {
      var numbers = (0..<16).map { _ in UInt32.random(in: 0...UInt32.max, using: &random) }
      if seed % 2 == 0 { numbers.sort() }
      let limit = numbers[Int.random(in: 0..<16, using: &random)]
      // Safe: there are 16 numbers.
      let ofAll = unsafe ev_u32x16_below(numbers, limit)
      let ofEight = unsafe ev_u32x8_below(numbers, limit)
      #expect(Int(ofAll) == numbers.prefix { $0 < limit }.count)
      #expect(Int(ofEight) == numbers.prefix(8).prefix { $0 < limit }.count)
    }
  }

  @Test(arguments: 0..<4)
  func `bits are counted as a plain loop counts them`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let words = (0..<77).map { _ in UInt64.random(in: 0...UInt64.max, using: &random) }
    for count in words.indices {
      // Safe: there are more than `count`.
      let found = unsafe ev_count_bits(words, count)
      #expect(Int(found) == words[..<count].reduce(0) { $0 + $1.nonzeroBitCount })
    }
  }

  @Test(arguments: 0..<8)
  func `bytes that reach a limit are found`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let bytes = (0..<64).map { _ in UInt8.random(in: 0...255, using: &random) }
    for limit in UInt8.min...UInt8.max {
      // Safe: there are 64 bytes.
      let found = unsafe ev_u8x64_mask_ge(bytes, limit)
      let expected = bytes.indices.reduce(UInt64(0)) {
        $0 | (bytes[$1] >= limit ? 1 << UInt64($1) : 0)
      }
      #expect(found == expected)
    }
  }
}
