import EvIndex
import Testing

@Suite struct NormCodeTests {
  @Test func `lengths up to 40 are exact`() {
    for length in UInt32(0)...40 { #expect(NormCode.decode(NormCode.encode(length)) == length) }
  }

  @Test func `codes ascend with the lengths, and decode to the least length of their own`() {
    #expect(NormCode.lengths.count == 256)
    for code in UInt8(0)...255 {
      let length = NormCode.decode(code)
      #expect(NormCode.encode(length) == code)
      if code > 0 { #expect(NormCode.encode(length - 1) == code - 1) }
    }
  }

  // As Lucene's SmallFloat.byte4ToInt has them.
  @Test(arguments: [(40, 40), (41, 42), (50, 64), (60, 120), (255, 2_013_265_944)])
  func `some codes have the lengths that Lucene gives them`(code: UInt8, length: UInt32) {
    #expect(NormCode.decode(code) == length)
  }
}
