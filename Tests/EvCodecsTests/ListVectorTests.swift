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
      let found = numbers.withUnsafeBufferPointer {
        // Safe: there are 16 numbers.
        unsafe $0.baseAddress.map { unsafe Int(ev_u32x16_below($0, limit)) }
      }
      #expect(found == numbers.prefix { $0 < limit }.count)
      let ofEight = numbers.withUnsafeBufferPointer {
        // Safe: there are more than eight.
        unsafe $0.baseAddress.map { unsafe Int(ev_u32x8_below($0, limit)) }
      }
      #expect(ofEight == numbers.prefix(8).prefix { $0 < limit }.count)
    }
  }

  @Test(arguments: 0..<4)
  func `bits are counted as a plain loop counts them`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let words = (0..<77).map { _ in UInt64.random(in: 0...UInt64.max, using: &random) }
    for count in words.indices {
      let found = words.withUnsafeBufferPointer {
        // Safe: there are more than `count`.
        unsafe $0.baseAddress.map { unsafe Int(ev_count_bits($0, count)) }
      }
      #expect(found == words[..<count].reduce(0) { $0 + $1.nonzeroBitCount })
    }
  }

  @Test(arguments: 0..<8)
  func `bytes that reach a limit are found`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let bytes = (0..<64).map { _ in UInt8.random(in: 0...255, using: &random) }
    for limit in UInt8.min...UInt8.max {
      let found = bytes.withUnsafeBufferPointer {
        // Safe: there are 64 bytes.
        unsafe $0.baseAddress.map { unsafe ev_u8x64_mask_ge($0, limit) }
      }
      let expected = bytes.indices.reduce(UInt64(0)) {
        $0 | (bytes[$1] >= limit ? 1 << UInt64($1) : 0)
      }
      #expect(found == expected)
    }
  }
}
