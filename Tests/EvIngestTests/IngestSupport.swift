// What the tests of this module share: reading a folder in one go, and the slow truth about places.

import EvIndex
import EvIngest
import EvTestSupport
import Testing

/// Everything that came of a folder or a file.
struct Reading {
  var documents: [Document] = []
  var skipped: [Skipped] = []

  /// Scans and reads all of `path`.
  init(_ path: String, _ options: IngestOptions = IngestOptions()) throws {
    let source = FolderSource(root: path, options: options)
    let scan = try source.scan()
    skipped = scan.skipped
    for file in scan.files {
      skipped += source.read(file) { documents.append($0) }
    }
  }

  /// Reads one file of these bytes.
  init(named name: String, _ bytes: [UInt8], _ options: IngestOptions = IngestOptions()) throws {
    let folder = try TemporaryDirectory()
    try folder.write(name, bytes)
    try self.init(folder.path, options)
  }

  /// Reads one file of this text.
  init(named name: String, _ text: String) throws {
    try self.init(named: name, Array(text.utf8))
  }

  /// The paths of the documents.
  var paths: [String] {
    documents.map(\.path)
  }

  /// The skips as `path: code`.
  var codes: [String] {
    skipped.map { "\($0.path): \($0.reason.code)" }
  }
}

/// The place of a byte of a file, counted from its start the slow way.
func place(ofByte offset: Int, in file: [UInt8]) -> SourcePosition {
  place(ofByte: offset, in: file, from: .start)
}

/// The place of a byte of a file, counted the slow way from a place that is known.
private func place(
  ofByte offset: Int, in file: [UInt8], from start: SourcePosition
) -> SourcePosition {
  var position = start
  for scalar in String(decoding: file[start.byte..<offset], as: UTF8.self).unicodeScalars {
    position.utf16 += String(scalar).utf16.count
    position.column += 1
    if scalar == "\n" {
      position.line += 1
      position.column = 1
    }
  }
  position.byte = offset
  return position
}

extension Document {
  /// The place in the file of a byte of the text.
  func place(of offset: Int) -> SourcePosition {
    sourceMap.position(of: offset, in: Array(text.utf8).span)
  }

  /// The part of the text at a range of bytes.
  func part(_ range: Range<Int>) -> String {
    String(decoding: Array(text.utf8)[range], as: UTF8.self)
  }

  /// The title's words.
  var titleText: String {
    part(title)
  }

  /// Expects that every run of the map starts at the place in `file` that its byte says, and that
  /// the title and the headings are ranges of whole characters of the text, in order.
  func expectIsConsistent(with file: [UInt8], _ location: SourceLocation = #_sourceLocation) {
    var last = SourcePosition.start
    for run in sourceMap.runs {
      last = EvIngestTests.place(ofByte: run.source.byte, in: file, from: last)
      // Formatting a thousand places costs more than comparing them.
      guard run.source != last else { continue }
      #expect(
        run.source == last, "run at \(run.textOffset) of \(path)", sourceLocation: location)
      break
    }
    let bytes = Array(text.utf8)
    for range in [title] + headings {
      #expect(range.upperBound <= bytes.count, sourceLocation: location)
      for end in [range.lowerBound, range.upperBound] where end < bytes.count {
        #expect(bytes[end] & 0xC0 != 0x80, "inside a character", sourceLocation: location)
      }
    }
    let edges = headings.flatMap { [$0.lowerBound, $0.upperBound] }
    #expect(edges == edges.sorted(), "headings in order", sourceLocation: location)
  }
}
