internal import EvBytes
internal import EvIndex

/// The documents that all of some lists have, block by block of the rarest, without scores.
///
/// All documents of a block are looked up in the other lists together. Of these one that is not much longer
/// is turned into a set of bits, once.
@safe
struct Conjunction {
  /// The lists, the rarest first.
  private let lists: UnsafeMutableBufferPointer<TermList>
  private let left: DocumentBits?
  /// The documents of the second list, without those that do not count.
  private let bits: DocumentBits?

  /// The places of the lead's block that were found.
  private let places: UnsafeMutablePointer<UInt32>

  /// - Parameters:
  ///   - lists: The rarest first; they outlive the value.
  ///   - left: Documents that do not count; nil for none.
  ///   - places: 128 places for what is found.
  init(
    _ lists: UnsafeMutableBufferPointer<TermList>, _ documentCount: Int,
    without left: DocumentBits?, places: UnsafeMutablePointer<UInt32>
  ) throws(FormatError) {
    unsafe self.lists = lists
    self.left = left
    var bits: DocumentBits?
    if lists.count > 1,
      unsafe lists[1].blocks.documentFrequency
        <= Self.lengthOfSet * lists[0].blocks.documentFrequency
    {
      let set = DocumentBits(documentCount)
      unsafe try set.insert(&lists[1])
      if let left { set.remove(left) }
      bits = set
    }
    self.bits = bits
    unsafe self.places = places
  }

  /// How many times as long a list may be whose documents are put into a set: looking a document up in a
  /// list costs about as much as putting so many into a set, and looking it up there.
  private static let lengthOfSet = 12

  /// How many documents of a block of the rarest list there are.
  func count(_ block: Int) throws(FormatError) -> Int {
    guard let bits, unsafe lists.count == 2 else { return try find(block) }
    let lead = unsafe lists.baseAddress.unsafelyUnwrapped
    unsafe try lead.pointee.loadInOrder(block)
    return unsafe bits.count(of: lead.pointee.documents, lead.pointee.count)
  }

  /// Finds the documents of a block of the rarest list.
  ///
  /// - Returns: How many there are; the places that were handed over have where.
  func find(_ block: Int) throws(FormatError) -> Int {
    // Safe: the lists outlive the value; places are below 128.
    let lead = unsafe lists.baseAddress.unsafelyUnwrapped
    unsafe try lead.pointee.loadInOrder(block)
    let documents = unsafe lead.pointee.documents
    var count = 0
    let all = unsafe lead.pointee.count
    if let set = bits {
      for place in 0..<all {
        unsafe places[count] = UInt32(truncatingIfNeeded: place)
        count &+= unsafe set.number(of: documents[place])
      }
    } else {
      for place in 0..<all {
        unsafe places[count] = UInt32(truncatingIfNeeded: place)
        count += unsafe left?.contains(documents[place]) ?? false ? 0 : 1
      }
    }
    for number in unsafe (bits == nil ? 1 : 2)..<max(1, lists.count) where count > 0 {
      let list = unsafe lists.baseAddress.unsafelyUnwrapped + number
      count = unsafe try list.pointee.match(
        documents, places, count, frequencies: .none
      ) { _, _, _, _ in true }
    }
    return count
  }
}
