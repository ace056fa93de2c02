public import EvAnalysis
internal import EvBytes

/// A document's text and what is needed to cut passages from it and to find them in its file.
///
/// A record of the file `texts`; differences are between an entry and the one before, the first from 0:
///
///     field          type
///     headings       varint, then for each: start (varint, from the end before), length (varint)
///     runs           varint, then for each: text offset, byte, UTF-16 offset, line (varint
///                    differences each), column (varint)
///     record line    varint, 0 where the text is no record
///     sentences      varint, then for each: start (varint, from the end before), length (varint),
///                    first position (varint difference)
///     text           the rest of the record, UTF-8
public struct StoredText: Equatable, Sendable {
  /// The text, UTF-8.
  public var bytes: [UInt8]
  /// Where headings are.
  public var headings: [Range<Int>]
  /// Where its parts are in the file.
  public var sourceMap: SourceMap
  /// The sentences, in order.
  public var sentences: [Sentence]

  /// Appends the record up to the sentences.
  static func encodeHead(of document: Document, to writer: inout ByteWriter) {
    writer.writeCount(document.headings.count)
    var end = 0
    for heading in document.headings {
      writer.writeCount(heading.lowerBound - end)
      writer.writeCount(heading.count)
      end = heading.upperBound
    }
    writer.writeCount(document.sourceMap.runs.count)
    var previous = SourceMap.Run(
      textOffset: 0, source: SourcePosition(byte: 0, utf16: 0, line: 0, column: 0))
    for run in document.sourceMap.runs {
      writer.writeCount(run.textOffset - previous.textOffset)
      // A run may lie in front of the one before it in the file, as a title does that comes last.
      writer.writeDifference(run.source.byte - previous.source.byte)
      writer.writeDifference(run.source.utf16 - previous.source.utf16)
      writer.writeDifference(run.source.line - previous.source.line)
      writer.writeCount(run.source.column)
      previous = run
    }
    writer.writeCount(document.sourceMap.recordLine ?? 0)
  }

  /// How many bytes of a record are what ``encodeHead(of:to:)`` wrote.
  static func headByteCount(_ bytes: RawSpan) throws(FormatError) -> Int {
    var reader = ByteReader(bytes)
    for numbers in [2, 5] {
      let count = try reader.readCount("entries", atMost: bytes.byteCount)
      for _ in 0..<count * numbers { _ = try reader.readVarint() }
    }
    _ = try reader.readVarint()
    return reader.offset
  }

  /// Appends the sentences.
  static func encode(_ sentences: [Sentence], to writer: inout ByteWriter) {
    writer.writeCount(sentences.count)
    var previous = Sentence(start: 0, end: 0, firstPosition: 0)
    for sentence in sentences {
      writer.writeCount(Int(sentence.start) - Int(previous.end))
      writer.writeCount(Int(sentence.end) - Int(sentence.start))
      writer.writeCount(Int(sentence.firstPosition) - Int(previous.firstPosition))
      previous = sentence
    }
  }

  /// Reads a record.
  static func decode(_ bytes: RawSpan) throws(FormatError) -> StoredText {
    var reader = ByteReader(bytes)
    let limit = Int(UInt32.max)
    var headings: [Range<Int>] = []
    var end = 0
    for _ in 0..<(try reader.readCount("headings", atMost: bytes.byteCount)) {
      let start = end + (try reader.readCount("heading", atMost: limit))
      end = start + (try reader.readCount("heading", atMost: limit))
      headings.append(start..<end)
    }

    var runs: [SourceMap.Run] = []
    var run = SourceMap.Run(
      textOffset: 0, source: SourcePosition(byte: 0, utf16: 0, line: 0, column: 0))
    for index in 0..<(try reader.readCount("runs", atMost: bytes.byteCount)) {
      let step = try reader.readCount("run", atMost: limit)
      guard step > 0 || index == 0 else {
        throw .invalidValue(field: "run", value: 0, offset: reader.offset)
      }
      run.textOffset += step
      run.source.byte += try reader.readDifference()
      run.source.utf16 += try reader.readDifference()
      run.source.line += try reader.readDifference()
      run.source.column = try reader.readCount("column", atMost: limit)
      // No file is larger, and sums stay far from overflow.
      for value in [run.source.byte, run.source.utf16, run.source.line]
      where !(0..<1 << 48).contains(value) {
        throw .invalidValue(field: "run", value: UInt64(clamping: value), offset: reader.offset)
      }
      runs.append(run)
    }

    let recordLine = try reader.readCount("record line", atMost: 1 << 48)
    var sentences: [Sentence] = []
    let sentenceCount = try reader.readCount("sentences", atMost: bytes.byteCount)
    sentences.reserveCapacity(sentenceCount)
    var sentence = Sentence(start: 0, end: 0, firstPosition: 0)
    for _ in 0..<sentenceCount {
      let start = Int(sentence.end) + (try reader.readCount("sentence", atMost: limit))
      let end = start + (try reader.readCount("sentence", atMost: limit))
      let position = Int(sentence.firstPosition) + (try reader.readCount("position", atMost: limit))
      guard end <= bytes.byteCount, position <= limit else {
        throw .invalidValue(field: "sentence", value: UInt64(end), offset: reader.offset)
      }
      sentence = Sentence(
        start: UInt32(start), end: UInt32(end), firstPosition: UInt32(position))
      sentences.append(sentence)
    }
    let text = bytes.extracting(reader.offset..<bytes.byteCount)
    guard Int(sentence.end) <= text.byteCount, end <= text.byteCount else {
      throw .invalidValue(
        field: "sentence", value: UInt64(sentence.end), offset: reader.offset)
    }
    return StoredText(
      bytes: text.copied(), headings: headings,
      sourceMap: SourceMap(runs: runs, recordLine: recordLine > 0 ? recordLine : nil),
      sentences: sentences)
  }
}

extension ByteWriter {
  /// Appends a small number of either sign: 0, −1, 1, −2, 2 … as 0, 1, 2, 3, 4.
  mutating func writeDifference(_ value: Int) {
    writeVarint(UInt64(bitPattern: Int64((value << 1) ^ (value >> 63))))
  }
}

extension ByteReader {
  /// Reads what ``ByteWriter/writeDifference(_:)`` wrote; at most 2⁴⁰ either way, so that sums of
  /// differences cannot overflow.
  @_lifetime(self: copy self)
  mutating func readDifference() throws(FormatError) -> Int {
    let start = offset
    let code = try readVarint()
    guard code < 1 << 41 else {
      throw .invalidValue(field: "difference", value: code, offset: start)
    }
    return Int(code >> 1) ^ -Int(code & 1)
  }
}
