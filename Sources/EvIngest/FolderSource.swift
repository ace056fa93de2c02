// The front door of this module: a folder in, documents out.

public import EvIndex
import Glibc

/// A folder of articles, or one file, as a source of documents.
///
///     let source = FolderSource(root: "articles")
///     let scan = try source.scan()
///     for file in scan.files {
///       let skipped = try source.read(file) { document in try writer.add(document) }
///     }
///
/// A value is a name and options and holds nothing open, so several threads can read at once.
/// Nothing about a single file stops a run: it is skipped, and the reason is handed out.
public struct FolderSource: Sendable {
  /// Raised whenever the documents of any file change, so that an index knows to read all files again.
  public static let version: UInt32 = 5

  /// The absolute path of the folder that the paths of documents are relative to.
  public let root: String

  /// What is taken from the folder.
  public let options: IngestOptions

  /// The name of the one file to read, or nil to read the folder.
  private let fileName: String?

  /// Creates a source.
  ///
  /// - Parameters:
  ///   - root: A folder, or one file; a link to either is followed, as it was asked for by name.
  ///   - options: What to take; a file that is asked for by name is taken even if it is hidden or
  ///     ignored.
  public init(root: String, options: IngestOptions = IngestOptions()) {
    self.options = options
    let path = Self.realPath(root)
    var status = stat()
    if let path, unsafe stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFDIR,
      let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    {
      self.root = slash == path.startIndex ? "/" : String(path[..<slash])
      fileName = String(path[path.utf8.index(after: slash)...])
    } else {
      self.root = path ?? root
      fileName = nil
    }
  }

  /// Lists the files to read, without reading any.
  ///
  /// The order is that of the bytes of the paths, whatever the file system says.
  ///
  /// - Throws: ``IngestError`` where the root itself is missing or cannot be opened.
  public func scan() throws(IngestError) -> Scan {
    var status = stat()
    let path = fileName.map { root + "/" + $0 } ?? root
    guard unsafe stat(path, &status) == 0 else {
      guard errno == ENOENT || errno == ENOTDIR else {
        throw .system(operation: "stat", path: path, code: errno)
      }
      throw .notFound(path: path)
    }
    guard let fileName else {
      var walk = FolderWalk(root: root, options: options)
      return try walk.run()
    }
    var scan = Scan(files: [], skipped: [])
    scan.add(fileName, status, options)
    return scan
  }

  /// Reads one file and hands its documents to `body`, in the order of the file.
  ///
  /// A file of records is streamed, also out of an archive: memory holds one stretch of about a
  /// megabyte, or the longest record where that is longer.
  ///
  /// - Parameters:
  ///   - entry: A file from ``scan()``.
  ///   - body: Takes a document; what it throws ends the reading and is thrown on.
  /// - Returns: What of the file could not be read, and why. A file that was removed, replaced or
  ///   changed since the scan is read as it is now.
  /// - Throws: What `body` throws, and nothing else.
  public func read<Failure: Error>(
    _ entry: FileEntry, _ body: (Document) throws(Failure) -> Void
  ) throws(Failure) -> [Skipped] {
    let format = SourceFormat(path: entry.path)
    let file: OpenedFile
    do throws(SkipReason) {
      file = try OpenedFile(
        path: root + "/" + entry.path,
        maximum: options.maximumBytes(of: format),
        followsLink: options.followsLinks)
    } catch {
      return [Skipped(path: entry.path, reason: error)]
    }
    switch format {
    case .compressed, .archive:
      guard options.unpacks else { return [Skipped(path: entry.path, reason: .packed)] }
      let source = ArchiveSource(path: entry.path, format: format, options: options)
      return try source.read(file, body)
    case .pdf:
      let document: Document
      do throws(SkipReason) {
        document = try PDFDocument.document(path: entry.path, file: file, options: options)
      } catch {
        return [Skipped(path: entry.path, reason: error)]
      }
      try body(document)
      return []
    case .office(let kind):
      let archive: ArchiveReader
      do throws(SkipReason) {
        archive = try ArchiveReader(file, isSingle: false, isStream: false, options: options)
      } catch {
        return [Skipped(path: entry.path, reason: error)]
      }
      return try DocumentReader.read(
        archive, path: entry.path, kind: kind, options: options, body)
    default:
      let byteCount = file.byteCount
      return try DocumentReader.read(
        file, path: entry.path, byteCount: byteCount, format: format, options: options, body)
    }
  }

  /// What the documents of a file depend on besides its bytes, in one line; when it changes, all files
  /// have to be read again.
  ///
  /// It is the version of this module, and what of the options and of the machine shows in documents.
  public var fingerprint: String {
    var parts = ["\(Self.version)"]
    if options.includesHidden { parts.append("hidden") }
    if !options.unpacks { parts.append("packed") }
    let maximum = options.maximumFileBytes
    if maximum != IngestOptions().maximumFileBytes { parts.append("maximum=\(maximum)") }
    parts += options.encodings.map { "encoding=\($0)" }
    if HelperProgram(PDFDocument.programName, in: options.programFolders) != nil {
      parts.append(PDFDocument.programName)
    }
    return parts.joined(separator: " ")
  }

  /// The path without links and dots, or nil where nothing is there.
  private static func realPath(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    // Safe: realpath gave us this string, ended by a NUL, to free.
    defer { unsafe free(resolved) }
    return unsafe String(validatingCString: resolved)
  }
}
