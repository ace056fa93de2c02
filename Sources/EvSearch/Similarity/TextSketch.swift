/// A small picture of a text, by which near-identical texts are known: the least hashes of its shingles.
///
/// A shingle is three words in a row; a word is a run of ASCII letters and digits, case folded, or any
/// other single scalar above ASCII, so that scripts without spaces have shingles too. The share of
/// shingles that two texts have in common is estimated from the least hashes of both together; of short
/// texts it is exact.
///
/// Broder, "On the resemblance and containment of documents", SEQUENCES 1997.
struct TextSketch {
  /// Hashes that are kept; the estimate is off by about 1 / √256.
  private static let size = 256

  /// Bytes of a text that are looked at.
  private static let longestText = 1 << 17

  /// The least hashes of shingles, ascending, each once.
  private let hashes: [UInt64]

  /// Makes the sketch of a text in UTF-8.
  init(_ text: [UInt8]) {
    var all: [UInt64] = []
    var last: (UInt64, UInt64) = (0, 0)
    var count = 0
    func add(_ word: UInt64) {
      count += 1
      if count > 2 { all.append(Self.mixed(last.0, last.1, word)) }
      last = (last.1, word)
    }
    var word: UInt64 = 0
    for byte in text.prefix(Self.longestText) {
      switch byte {
      case 0x30...0x39, 0x61...0x7A: word = Self.joined(word, byte)
      case 0x41...0x5A: word = Self.joined(word, byte | 0x20)
      case 0x80...0xBF where word != 0: word = Self.joined(word, byte)
      default:
        // The first byte of a scalar above ASCII begins a word of its own.
        if word != 0 { add(word) }
        word = byte >= 0xC0 ? Self.joined(0, byte) : 0
      }
    }
    if word != 0 { add(word) }
    // A text of a word or two is its own shingle.
    if count < 3, count > 0 { all.append(Self.mixed(last.0, last.1, 0)) }
    all.sort()
    var least: [UInt64] = []
    for hash in all where hash != least.last {
      least.append(hash)
      if least.count == Self.size { break }
    }
    hashes = least
  }

  /// The share of shingles that both texts have, of those that any of them has: 0...1.
  func resemblance(to other: TextSketch) -> Double {
    var (left, right) = (0, 0)
    var (shared, total) = (0, 0)
    while total < Self.size, left < hashes.count || right < other.hashes.count {
      let here = left < hashes.count ? hashes[left] : .max
      let there = right < other.hashes.count ? other.hashes[right] : .max
      if here == there { shared += 1 }
      if here <= there { left += 1 }
      if there <= here { right += 1 }
      total += 1
    }
    return total == 0 ? 0 : Double(shared) / Double(total)
  }

  /// FNV-1a, a byte at a time; 0 stands for no word.
  private static func joined(_ word: UInt64, _ byte: UInt8) -> UInt64 {
    ((word == 0 ? 0xCBF2_9CE4_8422_2325 : word) ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  private static func mixed(_ first: UInt64, _ second: UInt64, _ third: UInt64) -> UInt64 {
    var value = first &* 0x9E37_79B9_7F4A_7C15
    value = (value ^ (value >> 32) ^ second) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 29) ^ third) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
