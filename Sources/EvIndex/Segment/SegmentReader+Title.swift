internal import EvAnalysis
internal import EvBytes

extension SegmentReader {
  /// How many of a document's first positions are its title's; of 255 and more, 255.
  package func titleLength(of document: UInt32) -> UInt8 {
    let norms = self.norms
    // There is no section where no document has a title.
    return norms.section(1).load(UInt8.self, at: Int(document)) ?? 0
  }

  /// How many of a document's first positions are its title's; of a very long title 255, where the index
  /// keeps no text.
  package func titlePositionCount(of document: UInt32) throws(IndexError) -> UInt32 {
    let length = titleLength(of: document)
    guard length == .max else { return UInt32(length) }
    let record = try self.document(document)
    guard let text = try text(document) else { return UInt32(length) }
    let end = record.title.utf8.count
    // A title ends a sentence.
    let next = text.sentences.first { Int($0.start) >= end }
    return next?.firstPosition ?? UInt32(clamping: record.positionCount)
  }
}
