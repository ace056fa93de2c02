// Inputs that are almost right: seeds with a few changes.

package import EvTestSupport

/// Makes inputs out of seeds, by changes that are drawn at random.
package struct Mutator {
  private let seeds: [[UInt8]]
  private let words: [[UInt8]]
  private var random: SplitMix64

  /// The longest input, in bytes.
  package static let maximumBytes = 1 << 13

  /// A mutator; the same seed makes the same inputs.
  ///
  /// - Parameters:
  ///   - seeds: Inputs that are right.
  ///   - words: What means something in this kind of input.
  ///   - random: Where the changes are drawn from.
  package init(seeds: [[UInt8]], words: [[UInt8]], random: SplitMix64) {
    self.seeds = seeds
    self.words = words + Self.commonWords
    self.random = random
  }

  private static let commonWords: [[UInt8]] =
    [
      "", " ", "\n", "\r\n", "\t", "\"", "'", "<", ">", "&", ";", "=", "\\", "/", ":", ",", "-",
      "#",
      "é", "锁", "😀", "\u{FEFF}", "\u{301}", "\u{2028}", "\u{202E}", "99999999999999999999", "-1",
      "\u{1B}]0;x\u{7}", "%00", "a",
    ].map { Array($0.utf8) } + [
      [0], [0x80], [0xC3], [0xE9], [0xF0, 0x9F], [0xFF, 0xFE], [0xFE, 0xFF], [0xED, 0xA0, 0x80],
      [0x1B, 0x24, 0x42], [0x85], [0xC2, 0x85], [0x0C], [0x0B], [0x1A],
    ]

  /// The next input.
  package mutating func next() -> [UInt8] {
    var input = element(seeds)
    // Most inputs are a change or two away from a seed, some are far from all.
    let count = 1 << Int.random(in: 0...5, using: &random)
    for _ in 0..<count {
      change(&input)
      if input.count > Self.maximumBytes { input.removeSubrange(Self.maximumBytes...) }
    }
    return input
  }

  private mutating func element(_ list: [[UInt8]]) -> [UInt8] {
    list.isEmpty ? [] : list[Int.random(in: 0..<list.count, using: &random)]
  }

  /// A part of an input.
  private mutating func range(_ input: [UInt8]) -> Range<Int> {
    let start = Int.random(in: 0...input.count, using: &random)
    let longest = min(input.count - start, 1 << Int.random(in: 0...9, using: &random))
    return start..<(start + Int.random(in: 0...longest, using: &random))
  }

  private mutating func change(_ input: inout [UInt8]) {
    let part = range(input)
    switch Int.random(in: 0..<9, using: &random) {
    case 0:
      guard part.lowerBound < input.count else { return }
      input[part.lowerBound] = UInt8.random(in: 0...255, using: &random)
    case 1:
      guard part.lowerBound < input.count else { return }
      input[part.lowerBound] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 2: input.removeSubrange(part)
    case 3: input.insert(contentsOf: element(words), at: part.lowerBound)
    case 4: input.replaceSubrange(part, with: element(words))
    case 5:
      // The same again, at another place.
      let copy = Array(input[part])
      input.insert(contentsOf: copy, at: Int.random(in: 0...input.count, using: &random))
    case 6:
      // The same many times, which is what makes a depth or a square.
      let copy = Array(input[part].prefix(32))
      let count = 1 << Int.random(in: 0...8, using: &random)
      input.insert(
        contentsOf: repeatElement(copy, count: count).joined(), at: part.lowerBound)
    case 7:
      let other = element(seeds)
      let piece = range(other)
      input.replaceSubrange(part, with: other[piece])
    default:
      if Int.random(in: 0..<8, using: &random) == 0 { input.removeSubrange(part.lowerBound...) }
    }
  }
}
