// The lines of a document around a passage, as grep's -A, -B and -C show them.

import EvIngest
import EvSearch

/// How many lines around a passage are wanted.
struct ContextSize: Equatable {
  var before = 0
  var after = 0

  var isEmpty: Bool { before == 0 && after == 0 }
}

/// The lines in front of a passage and behind it.
struct PassageContext: Equatable {
  /// A line of the document's text.
  struct Line: Equatable {
    /// Its number in the file, from 1.
    let number: Int
    let text: String
  }

  var before: [Line] = []
  var after: [Line] = []

  /// Finds the lines around a range of bytes of a document's text.
  ///
  /// A passage can begin and end within a line; what else is on these lines is not repeated.
  init(of document: Document, around range: Range<Int>, _ size: ContextSize) {
    let bytes = Array(document.text.utf8)
    let start = min(max(range.lowerBound, 0), bytes.count)
    let end = min(max(range.upperBound, start), bytes.count)
    func line(_ range: Range<Int>) -> Line {
      let place = document.sourceMap.position(of: range.lowerBound, in: bytes.span)
      return Line(number: place.line, text: String(decoding: bytes[range], as: UTF8.self))
    }
    var upper = bytes[..<start].lastIndex(of: 0x0A)
    while before.count < size.before, let lineEnd = upper {
      upper = bytes[..<lineEnd].lastIndex(of: 0x0A)
      before.append(line((upper.map { $0 + 1 } ?? 0)..<lineEnd))
    }
    before.reverse()
    var lower = bytes[end...].firstIndex(of: 0x0A).map { $0 + 1 }
    while after.count < size.after, let lineStart = lower, lineStart < bytes.count {
      let lineEnd = bytes[lineStart...].firstIndex(of: 0x0A)
      after.append(line(lineStart..<(lineEnd ?? bytes.count)))
      lower = lineEnd.map { $0 + 1 }
    }
  }
}

/// Reads documents from their files again.
struct DocumentFiles {
  /// The folder of the documents.
  let source: FolderSource

  /// - Parameters:
  ///   - indexPath: The index that has kept how files are read.
  ///   - root: The folder of the documents.
  init(ofIndex indexPath: String, root: String) {
    // Settings that cannot be read are reported by whoever indexes.
    source =
      (try? IndexedFolder.source(of: indexPath, root: root)) ?? FolderSource(root: root)
  }

  /// The document of a path, as its file has it now; nil where it has none any more.
  func document(_ path: String) -> Document? {
    // What has a number sign in its name can be a record of a file, or a file.
    var files = [path]
    if let mark = path.lastIndex(of: "#") { files.append(String(path[..<mark])) }
    for file in files {
      var found: Document?
      do throws(Found) {
        _ = try source.read(FileEntry(path: file, byteCount: 0)) {
          document throws(Found) in
          if document.path == path { throw Found(document: document) }
        }
      } catch {
        found = error.document
      }
      if let found { return found }
    }
    return nil
  }

  /// Ends the reading of a file of many records.
  private struct Found: Error {
    let document: Document
  }
}
