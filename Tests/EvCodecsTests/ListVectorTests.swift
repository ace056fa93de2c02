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

  /// What a search of a block has found.
  private struct Found: Equatable {
    var kept: [UInt32], matches: [UInt32]
  }

  @Test(arguments: 0..<16)
  func `numbers are found in a block with vectors of any width`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    // A tail has the largest number behind its own.
    let count = seed < 8 ? 128 : Int.random(in: 1..<128, using: &random)
    let distance: UInt32 = seed % 2 == 0 ? 3 : 40_000_000
    var (block, number) = ([UInt32](repeating: .max, count: 128), UInt32(0))
    for place in 0..<count {
      number &+= UInt32.random(in: 1...max(1, distance / 2), using: &random)
      block[place] = number
    }
    let samples = stride(from: 7, to: 128, by: 8).map { block[$0] }
    let wanted = (0..<128).map { _ in
      block[Int.random(in: 0..<count, using: &random)] &+ UInt32.random(in: 0...1, using: &random)
    }.map { min($0, .max - 1) }.sorted()
    let places = (0..<128).filter { _ in Bool.random(using: &random) }.map { UInt32($0) }

    var expected = Found(kept: [], matches: [])
    for place in places {
      guard let own = block.firstIndex(of: wanted[Int(place)]) else { continue }
      expected.kept.append(place)
      expected.matches.append(UInt32(own))
    }
    // Safe: blocks have 128 numbers, of which every eighth is a sample, and both rows have room for all.
    let widest = unsafe found(places) { kept, matches in
      unsafe ev_find_all(block, samples, wanted, places, places.count, kept, matches)
    }
    let plain = unsafe found(places) { kept, matches in
      unsafe ev_find_all_plain(block, samples, wanted, places, places.count, kept, matches)
    }
    #expect(widest == expected)
    #expect(plain == expected)
  }

  private func found(
    _ places: [UInt32], _ find: (UnsafeMutablePointer<UInt32>, UnsafeMutablePointer<UInt32>) -> Int
  ) -> Found {
    var (kept, matches) = (places, places)
    // Safe: the addresses do not leave the closures.
    let count = unsafe kept.withUnsafeMutableBufferPointer { kept in
      unsafe matches.withUnsafeMutableBufferPointer { matches in
        guard let kept = kept.baseAddress, let matches = matches.baseAddress else { return 0 }
        return unsafe find(kept, matches)
      }
    }
    return Found(kept: Array(kept[..<count]), matches: Array(matches[..<count]))
  }

  @Test(arguments: 0..<8)
  func `sums in front of places are those of a plain loop`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let numbers = (0..<131).map { _ in UInt32.random(in: 1...1_000, using: &random) }
    for count in [0, 1, 4, 5, 6, 40, 128] {
      let places = Array((0..<128).map { UInt32($0) }.shuffled(using: &random)[..<count]).sorted()
      var sums = [UInt32](repeating: 0, count: 128)
      // Safe: places are below 128; three numbers more can be read, and there is room for so many sums.
      unsafe ev_sums_before(numbers, places, count, &sums)
      #expect(Array(sums[..<count]) == places.map { numbers[..<Int($0)].reduce(0, +) })
    }
  }
}
