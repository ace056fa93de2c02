internal import EvBytes

/// The documents that one run of a writer was given, by their paths.
///
/// It takes 16 bytes a document, and as many again for a moment at the commit; a hash table would take
/// three times that, and twice as much again whenever it grows.
struct RunDocuments {
  /// The documents' paths in their order, in blocks, so that growing copies nothing.
  private var blocks: [[PathKey]] = []
  private(set) var count = 0

  private static let blockCount = 1 << 16

  /// Parts that are sorted one after the other, so that a copy of all is never needed.
  private static let partCount: UInt64 = 16

  var isEmpty: Bool { count == 0 }

  /// Takes note of the next document.
  mutating func append(_ path: PathKey) {
    if count % Self.blockCount == 0 {
      blocks.append([])
      blocks[blocks.count - 1].reserveCapacity(Self.blockCount)
    }
    blocks[blocks.count - 1].append(path)
    count += 1
  }

  /// The documents that share a path with a later one, and those that share one with an earlier one,
  /// both ascending.
  func repetitions() -> (replaced: ArraySlice<Int>, again: ArraySlice<Int>) {
    var replaced: [Int] = []
    var again: [Int] = []
    for part in 0..<Self.partCount {
      let entries = sorted(part)
      for (left, right) in zip(entries, entries.dropFirst()) where left.key == right.key {
        replaced.append(left.number)
        again.append(right.number)
      }
    }
    return (replaced.sorted()[...], again.sorted()[...])
  }

  /// The paths, to be searched.
  func paths() -> PathKeySet {
    var parts: [[PathKey]] = []
    for part in 0..<Self.partCount { parts.append(sorted(part).map(\.key)) }
    return PathKeySet(parts: parts)
  }

  /// The documents of a part, by path, those of the same path in their order.
  private func sorted(_ part: UInt64) -> [(key: PathKey, number: Int)] {
    var entries: [(key: PathKey, number: Int)] = []
    for (block, keys) in blocks.enumerated() {
      for (index, key) in keys.enumerated() where key.part(of: Self.partCount) == part {
        entries.append((key, block * Self.blockCount + index))
      }
    }
    entries.sort { $0.key == $1.key ? $0.number < $1.number : $0.key < $1.key }
    return entries
  }
}

/// A set of paths, sorted.
struct PathKeySet {
  /// The paths of each part, ascending; see ``PathKey/part(of:)``.
  fileprivate let parts: [[PathKey]]

  func contains(_ key: PathKey) -> Bool {
    let keys = parts[Int(key.part(of: UInt64(parts.count)))]
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low < keys.count && keys[low] == key
  }
}
