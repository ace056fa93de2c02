internal import EvBytes
internal import EvIndex

/// Counts documents without scoring any.
@safe
struct CountKernel {
  private let required: UnsafeMutableBufferPointer<TermList>
  private let optional: UnsafeMutableBufferPointer<TermList>
  private let places: UnsafeMutablePointer<UInt32>
  private let documentCount: Int
  /// Documents that are excluded or deleted; nil where there are none.
  private let left: DocumentBits?

  /// - Parameters:
  ///   - groups: They are reordered.
  ///   - documentCount: Documents of the segment.
  ///   - deleted: The words of its deleted documents; empty where there are none.
  init(_ groups: ListGroups, documentCount: Int, deleted: [UInt64]) throws(FormatError) {
    unsafe required = groups.required
    unsafe optional = groups.optional
    unsafe places = groups.places
    self.documentCount = documentCount
    left = unsafe try Self.left(groups.excluded, documentCount, deleted)
  }

  /// Documents that do not count: excluded and deleted ones; nil where there are none.
  static func left(
    _ excluded: UnsafeMutableBufferPointer<TermList>, _ documentCount: Int, _ deleted: [UInt64]
  ) throws(FormatError) -> DocumentBits? {
    guard !excluded.isEmpty || !deleted.isEmpty else { return nil }
    let bits = DocumentBits(documentCount)
    bits.insert(words: deleted)
    for number in excluded.indices { unsafe try bits.insert(&excluded[number]) }
    return bits
  }

  /// Documents that match.
  func count() throws(FormatError) -> Int {
    unsafe try required.isEmpty ? union() : intersection(required)
  }

  /// Documents that are in any of the optional lists.
  ///
  /// Of two lists the lengths are added and the intersection is taken off; of more a set is made.
  private func union() throws(FormatError) -> Int {
    if left == nil, unsafe optional.count <= 2 {
      var total = 0
      for number in unsafe optional.indices {
        total += unsafe optional[number].blocks.documentFrequency
      }
      return unsafe optional.count < 2
        ? total : total - (try intersection(optional))
    }
    let bits = DocumentBits(documentCount)
    for number in unsafe optional.indices { unsafe try bits.insert(&optional[number]) }
    if let left { bits.remove(left) }
    return bits.count
  }

  /// Documents that are in all of some lists and count.
  private func intersection(
    _ lists: UnsafeMutableBufferPointer<TermList>
  ) throws(FormatError) -> Int {
    var lists = unsafe lists
    unsafe lists.sortLists { $0.blocks.documentFrequency < $1.blocks.documentFrequency }
    let lead = unsafe lists.baseAddress.unsafelyUnwrapped
    if left == nil, lists.count == 1 { return unsafe lead.pointee.blocks.documentFrequency }
    let conjunction = unsafe try Conjunction(lists, documentCount, without: left, places: places)
    var total = 0
    for block in unsafe 0..<lead.pointee.blocks.count { total += try conjunction.count(block) }
    return total
  }
}
