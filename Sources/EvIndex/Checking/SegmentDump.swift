internal import EvBytes

/// A segment as text, for people, bug reports and golden tests.
public struct SegmentDump {
  /// Hands out the lines of a segment: its table of contents, documents, and terms with postings.
  ///
  /// - Parameters:
  ///   - term: Only the postings of this term, where it is given.
  ///   - line: Receives each line, without its end.
  public static func write(
    _ segment: SegmentReader, term: String? = nil, to line: (String) -> Void
  ) throws(IndexError) {
    if let term {
      var isMissing = true
      for name in [term, fieldTerm(term)].compactMap({ $0 }) {
        guard let info = try segment.terms.find(name) else { continue }
        isMissing = false
        try write(Array(name.utf8), info, segment, to: line)
      }
      if isMissing { line("\(term): not in segment \(segment.info.id)") }
      return
    }
    let info = segment.info
    line("segment \(info.id)")
    let text = info.storesText ? "kept" : "not kept"
    line("  \(info.analysis); Unicode \(info.analysis.unicode); text \(text)")
    line("  \(info.documentCount) documents, \(info.nonEmptyDocumentCount) with a word")
    line("  \(info.totalLength) positions, \(info.tokenCount) tokens, \(info.termCount) terms")
    for file in info.files {
      line("  \(file.name): \(file.byteCount) bytes, XXH3 \(hexadecimal(file.checksum))")
    }
    line("documents")
    var documents: [String] = []
    func date(_ number: UInt32) -> String {
      let day = segment.dates.flatMap { CalendarDate(day: Int($0.day(of: number))) }
      return day.map { ", \($0)" } ?? ""
    }
    try segment.forEachDocument { number, document throws(FormatError) in
      documents.append(
        "  \(number) \(document.path) \(hexadecimal(document.contentHash)) "
          + "\(document.positionCount) positions, \(document.textByteCount) bytes\(date(number)): "
          + document.title)
    }
    documents.forEach(line)
    line("terms")
    var cursor = TermCursor(segment.terms)
    while try cursor.next() {
      try write(cursor.term, cursor.info, segment, to: line)
    }
  }

  /// The term of a field that is meant by `source:ev daily`; nil where none is.
  private static func fieldTerm(_ text: String) -> String? {
    guard let colon = text.firstIndex(of: ":"), let field = Field(name: String(text[..<colon]))
    else { return nil }
    return FieldTerm.term(field, String(text[text.index(after: colon)...]))
  }

  private static func write(
    _ term: [UInt8], _ info: TermInfo, _ segment: SegmentReader, to line: (String) -> Void
  ) throws(IndexError) {
    var name = String(decoding: term, as: UTF8.self)
    if segment.isField(term), let (field, value) = FieldTerm.read(term) {
      name = "\(field.name):\(value)"
    }
    line(
      "  \(name): \(info.documentFrequency) documents, \(info.totalFrequency) occurrences, "
        + "\(info.blockCount) blocks, \(info.postingsLength) + \(info.positionsLength) bytes")
    var postings = PostingsCursor(segment.postings, info)
    var positions: [UInt32] = []
    while try postings.next() != PostingsCursor.end {
      let frequency = try postings.fieldFrequency()
      try postings.readPositions(into: &positions)
      var places = positions.map(String.init).joined(separator: " ")
      if frequency.title > 0 { places += ", \(frequency.title) in the title" }
      if frequency.heading > 0 { places += ", \(frequency.heading) in headings" }
      line("    \(postings.document): \(places)")
    }
  }
}
