// The one place that speaks to simdjson: a line of JSON in, the fields of a document out.

import CSimdjson
import EvIndex

/// Reads records of JSON; one a thread.
///
/// Safe: the pointer is made in `init`, given back in `deinit`, and goes nowhere else.
@safe struct JSONRecordParser: ~Copyable {
  private let parser: OpaquePointer

  /// A new parser; nil where there is no memory for one.
  init?() {
    guard let parser = unsafe ev_json_parser_new() else { return nil }
    unsafe self.parser = parser
  }

  deinit {
    unsafe ev_json_parser_free(parser)
  }

  /// A record's fields.
  struct Record {
    /// The title, a line feed and the text; or what there is of them.
    var text: String

    /// Where the title is in ``text``.
    var title: Range<Int>

    /// What names the record in its file, or nil.
    var identifier: String?

    /// The other fields.
    var metadata: Document.Metadata
  }

  /// Reads the record at `range` of `bytes`.
  ///
  /// - Throws: ``SkipReason/malformedRecord(_:)`` or ``SkipReason/empty``.
  /// - Precondition: `EV_JSON_PADDING` bytes follow the range.
  func parse(_ bytes: [UInt8], _ range: Range<Int>) throws(SkipReason) -> Record {
    precondition(range.lowerBound >= 0 && range.upperBound + Int(EV_JSON_PADDING) <= bytes.count)
    var fields = unsafe ev_json_record()
    // Safe: the range and its padding are inside the array, which outlives the call; the parser
    // copies all strings to memory of its own.
    let status = unsafe bytes.withUnsafeBytes { buffer in
      unsafe ev_json_parse(
        parser,
        buffer.baseAddress?.advanced(by: range.lowerBound)
          .assumingMemoryBound(to: CChar.self), range.count, &fields)
    }
    if let detail = Self.detail(of: status) { throw .malformedRecord(detail) }
    guard unsafe fields.text.bytes != nil else { throw .malformedRecord("no text") }
    var metadata = unsafe Document.Metadata(
      date: Self.string(fields.date), source: Self.string(fields.source),
      language: Self.string(fields.language), url: Self.string(fields.url))
    for index in unsafe 0..<fields.tag_count {
      if let tag = unsafe Self.string(ev_json_tag(parser, index)) { metadata.tags.append(tag) }
    }
    let (text, title) = unsafe Self.text(fields.title, fields.text)
    guard text.utf8.contains(where: { !$0.isWhitespace }) else { throw .empty }
    return unsafe Record(
      text: text, title: title, identifier: Self.string(fields.identifier), metadata: metadata)
  }

  /// What the JSON-LD of a page says of the first article in it; nil where it has none.
  func article(_ json: [UInt8]) -> Document.Metadata? {
    let padded = json + [UInt8](repeating: 0, count: Int(EV_JSON_PADDING))
    var fields = unsafe ev_json_record()
    // Safe: as in `parse`.
    let status = unsafe padded.withUnsafeBytes { buffer in
      unsafe ev_json_parse_article(
        parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), json.count, &fields)
    }
    guard status == ev_json_ok else { return nil }
    var metadata = unsafe Document.Metadata(
      date: Self.string(fields.date), source: Self.string(fields.source),
      language: Self.string(fields.language), url: Self.string(fields.url))
    for index in unsafe 0..<fields.tag_count {
      if let tag = unsafe Self.string(ev_json_tag(parser, index)) { metadata.tags.append(tag) }
    }
    return metadata
  }

  private static func detail(of status: ev_json_status) -> String? {
    switch status {
    case ev_json_ok: nil
    case ev_json_utf8: "not UTF-8"
    case ev_json_not_object: "not an object"
    case ev_json_text_type: "the text is not a string"
    case ev_json_too_deep: "nested too deeply"
    case ev_json_no_memory: "no memory for it"
    default: "not JSON"
    }
  }

  /// A field's value; nil where it is absent or empty.
  ///
  /// Safe: called before the parser's next record, so the bytes are still there.
  @safe private static func string(_ field: ev_json_string) -> String? {
    guard let start = unsafe field.bytes, unsafe field.count > 0 else { return nil }
    return unsafe String(
      decoding: UnsafeRawBufferPointer(start: start, count: field.count), as: UTF8.self)
  }

  /// The title, a line feed and the text, in one allocation.
  ///
  /// Safe: as for `string`; the new string has room for all three.
  @safe private static func text(
    _ title: ev_json_string, _ text: ev_json_string
  ) -> (String, Range<Int>) {
    let hasTitle = unsafe title.count > 0
    let hasBoth = unsafe hasTitle && text.count > 0
    let total = unsafe title.count + text.count + (hasBoth ? 1 : 0)
    let joined = unsafe String(unsafeUninitializedCapacity: total) { buffer in
      let bytes = UnsafeMutableRawBufferPointer(buffer)
      var end = 0
      if hasTitle {
        unsafe bytes.copyMemory(
          from: UnsafeRawBufferPointer(start: title.bytes, count: title.count))
        end = unsafe title.count
      }
      if hasBoth {
        unsafe bytes[end] = UInt8(ascii: "\n")
        end += 1
      }
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[end...])
      unsafe rest.copyMemory(from: UnsafeRawBufferPointer(start: text.bytes, count: text.count))
      return total
    }
    // JSON can escape half of a surrogate pair. Swift puts U+FFFD there, which moves what follows.
    guard joined.utf8.count != total, hasTitle else {
      return unsafe (joined, 0..<title.count)
    }
    return (joined, 0..<(string(title)?.utf8.count ?? 0))
  }
}
