internal import EvAnalysis

extension SegmentReader {
  /// How many of a document's first positions are its title's; 0 where there is none, or the index keeps
  /// no text.
  package func titlePositionCount(of document: UInt32) throws(IndexError) -> UInt32 {
    let record = try self.document(document)
    let title = Array(record.title.utf8)
    guard !title.isEmpty, let text = try text(document), text.bytes.starts(with: title) else {
      return 0
    }
    // A title ends a sentence.
    let next = text.sentences.first { Int($0.start) >= title.count }
    return next?.firstPosition ?? UInt32(clamping: record.positionCount)
  }
}
