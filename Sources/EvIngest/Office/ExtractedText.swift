// The text of a document whose file holds it in another form, such as a Word document, while it is
// put together.

import EvIndex

/// A text of paragraphs, lines, cells and headings.
///
/// White space in it is what the structure asks for: a blank line between blocks, a line feed between
/// rows, a tab between cells, one space between words.
struct ExtractedText {
  /// The text so far.
  private(set) var bytes: [UInt8] = []

  /// The headings so far, in order.
  private(set) var headings: [Heading] = []

  /// A heading in the text.
  struct Heading: Equatable {
    var range: Range<Int>

    /// From 1; 0 for the title of the whole.
    let level: Int
  }

  private var separator = HTMLLeaf.Break.none
  private var hasSpace = false

  /// The level of the heading that is being written, and where it starts.
  private var heading: (level: Int, start: Int?)?

  /// Asks for a separator in front of what is written next; of two requests the stronger one wins.
  mutating func separate(_ new: HTMLLeaf.Break) {
    separator = max(separator, new)
    hasSpace = false
  }

  /// Writes text; each stretch of white space in it is one space.
  mutating func write(_ text: some Sequence<UInt8>) {
    for byte in text {
      if byte.isWhitespace {
        hasSpace = true
        continue
      }
      if bytes.isEmpty {
        separator = .none
      } else if separator > .none {
        bytes += separator.bytes
        separator = .none
      } else if hasSpace {
        bytes.append(UInt8(ascii: " "))
      }
      hasSpace = false
      if let open = heading, open.start == nil { heading?.start = bytes.count }
      bytes.append(byte)
    }
  }

  /// Begins a heading; what is written until ``endHeading()`` is its text.
  mutating func beginHeading(level: Int) {
    endHeading()
    heading = (level, nil)
  }

  /// Ends the heading, if there is one.
  mutating func endHeading() {
    defer { heading = nil }
    guard let heading, let start = heading.start else { return }
    headings.append(Heading(range: start..<bytes.count, level: heading.level))
  }

  /// Appends a text that is finished, with its headings, behind a blank line.
  mutating func append(_ text: [UInt8], headings ranges: [Range<Int>]) {
    endHeading()
    guard text.contains(where: { !$0.isWhitespace }) else { return }
    if !bytes.isEmpty { bytes += HTMLLeaf.Break.block.bytes }
    let shift = bytes.count
    headings += ranges.map {
      Heading(range: ($0.lowerBound + shift)..<($0.upperBound + shift), level: 2)
    }
    // A long text is not held twice.
    if bytes.isEmpty { bytes = text } else { bytes += text }
    separator = .block
  }

  /// Appends another text behind a blank line.
  mutating func append(_ other: ExtractedText) {
    endHeading()
    guard !other.bytes.isEmpty else { return }
    if !bytes.isEmpty { bytes += HTMLLeaf.Break.block.bytes }
    let shift = bytes.count
    headings += other.headings.map {
      Heading(
        range: ($0.range.lowerBound + shift)..<($0.range.upperBound + shift), level: $0.level)
    }
    if bytes.isEmpty { bytes = other.bytes } else { bytes += other.bytes }
    separator = .block
  }

  /// The text as a document.
  ///
  /// The title is the heading that the text starts with, if it is one of the whole or says the same as
  /// `title`; else `title` is put in front.
  ///
  /// - Parameters:
  ///   - title: What the file says elsewhere that its title is.
  ///   - findsTitle: Whether a first line that looks like a title is taken for one.
  ///   - line: The line of the file that the document is on, from 1.
  /// - Throws: ``SkipReason/empty`` where there is nothing but white space.
  consuming func document(
    path: String, title: String?, findsTitle: Bool = true, metadata: Document.Metadata,
    line: Int = 1
  ) throws(SkipReason) -> Document {
    endHeading()
    let given = Array((title ?? "").utf8)
    let wanted = given.trimmed
    guard !bytes.isEmpty || !wanted.isEmpty else { throw .empty }
    var range = 0..<0
    if let first = headings.first, bytes[..<first.range.lowerBound].allSatisfy(\.isWhitespace),
      wanted.isEmpty || first.level == 0 || wanted.hasSameWords(as: bytes[first.range])
    {
      range = first.range
    } else if !wanted.isEmpty {
      var whole = ExtractedText()
      whole.write(wanted)
      range = 0..<whole.bytes.count
      // A first line that says the same would only count twice.
      let line = bytes[..<(bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count)]
      if wanted.hasSameWords(as: line) {
        range = 0..<line.count
      } else {
        whole.append(bytes, headings: [])
        let shift = whole.bytes.count - bytes.count
        for index in headings.indices {
          let old = headings[index].range
          headings[index].range = (old.lowerBound + shift)..<(old.upperBound + shift)
        }
        bytes = whole.bytes
      }
    } else if findsTitle {
      range = PlainText.titleRange(in: bytes)
    }
    return Document(
      path: path, text: String(decoding: bytes, as: UTF8.self), title: range,
      headings: headings.map(\.range).filter { !$0.overlaps(range) },
      sourceMap: .record(line: line), metadata: metadata)
  }
}
