internal import EvBytes

/// A path in 128 bits, so that a set of the paths of millions of documents is small.
///
/// Two paths that share a key are taken for one. Among 10⁹ paths the chance that any two do is 10⁻²¹.
struct PathKey: Hashable, Comparable {
  private let first: UInt64
  private let second: UInt64

  init(_ path: RawSpan) {
    first = Checksum.of(path)
    // A second hash that has nothing in common with XXH3: multiply and fold, a byte at a time.
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    for index in 0..<path.byteCount {
      let byte = UInt64(path.load(UInt8.self, at: index) ?? 0)
      let product = (state ^ byte).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
      state = product.high ^ product.low
    }
    second = state
  }

  init(_ path: String) {
    self.init(Array(path.utf8).rawSpan)
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(first)
  }

  static func < (left: PathKey, right: PathKey) -> Bool {
    left.first == right.first ? left.second < right.second : left.first < right.first
  }

  /// One of `count` parts of about the same size that the paths fall into.
  func part(of count: UInt64) -> UInt64 { second % count }
}
