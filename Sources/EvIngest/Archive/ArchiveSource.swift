// A packed file as a source of documents: `notes.txt.gz` is one, `a.zip!/inner.txt` one of many.

import EvIndex

/// Reads the documents in a packed file.
struct ArchiveSource {
  private let path: String
  private let format: SourceFormat
  private let options: IngestOptions
  private var skipped: SkipList

  /// A source.
  ///
  /// - Parameters:
  ///   - path: The file's name, which the documents are named after.
  ///   - format: ``SourceFormat/compressed`` or ``SourceFormat/archive(isStream:)``.
  ///   - options: What is taken, and the limits.
  init(path: String, format: SourceFormat, options: IngestOptions) {
    self.path = path
    self.format = format
    self.options = options
    skipped = SkipList(path: path)
  }

  /// Hands out the documents in a file, in its order.
  ///
  /// - Returns: The members that are no documents, and why.
  consuming func read<Failure: Error>(
    _ file: consuming OpenedFile, _ body: (Document) throws(Failure) -> Void
  ) throws(Failure) -> [Skipped] {
    let isSingle = format == .compressed
    let archive: ArchiveReader
    do throws(SkipReason) {
      archive = try ArchiveReader(
        file, isSingle: isSingle, isStream: format == .archive(isStream: true), options: options)
    } catch {
      return [Skipped(path: path, reason: error)]
    }
    var count = 0
    while let member = next(archive) {
      let (name, format) =
        isSingle
        ? (path, SourceFormat(path: SourceFormat.unpackedPath(path)))
        : (member.name.map { path + "!/" + $0 } ?? path, SourceFormat(path: member.name ?? ""))
      count += 1
      guard isSingle || options.includesHidden || !isHidden(member.name ?? "") else { continue }
      if let reason = reason(member, format, isSingle: isSingle) {
        skipped.add(Skipped(path: name, reason: reason))
        continue
      }
      let rest = try DocumentReader.read(
        ArchiveMemberStream(archive), path: name, byteCount: 0, format: format, options: options,
        body)
      for entry in rest { skipped.add(entry) }
      // What went too far once would go on.
      if isSingle || rest.contains(where: { $0.reason == .decompressionLimit }) { break }
    }
    if count == 0, skipped.all.isEmpty { skipped.add(.damagedArchive("no files in it")) }
    return skipped.all
  }

  /// The next member; nil at the end, which damage is too, on the record.
  private mutating func next(_ archive: ArchiveReader) -> ArchiveReader.Member? {
    do throws(SkipReason) {
      return try archive.next()
    } catch {
      skipped.add(error)
      return nil
    }
  }

  /// Why a member is not read, or nil.
  private func reason(
    _ member: ArchiveReader.Member, _ format: SourceFormat, isSingle: Bool
  ) -> SkipReason? {
    if let reason = member.reason { return reason }
    guard isSingle || member.name != nil else { return .notUTF8Name }
    return switch format {
    case .notSupportedYet(let kind): .notSupportedYet(kind)
    // An archive in an archive is how bombs are made.
    case .compressed, .archive: .notSupportedYet("archive in an archive")
    default: nil
    }
  }

  /// Whether a component of a name starts with a full stop, or the system that packed the archive
  /// put the file there for itself.
  private func isHidden(_ name: String) -> Bool {
    name.utf8.split(separator: UInt8(ascii: "/")).contains { component in
      if component.elementsEqual(".".utf8) || component.elementsEqual("..".utf8) { return false }
      return component.first == UInt8(ascii: ".") || component.elementsEqual("__MACOSX".utf8)
    }
  }
}
