// A small index with something of everything, of which one file is damaged.

import EvBytes
import EvIndex
import EvQuery
import EvTestSupport

/// An index whose file of one kind is replaced by damaged ones, with checksums that are right.
final class DamagedIndex {
  /// The index's folder.
  let path: String
  /// The segment as it is without damage.
  let sound: SegmentReader
  /// What the index is searched for.
  let queries: [Query]
  /// The terms of the sound segment.
  let terms: [String]

  /// Goes away with this object.
  private let scratch: TemporaryDirectory
  private let kind: SegmentFile.Kind
  private let sections: [[UInt8]]
  private let file: OverwrittenFile
  private let contents: OverwrittenFile
  private let compressor = Compressor()
  /// The checksum of the file of deletions, which its name ends with.
  let soundDeletions: UInt64
  /// The checksum of the damaged file.
  private(set) var checksum: UInt64 = 0

  private static let typed = [
    "rate", "rate lock", "the OR lock OR rate OR in", "\"lock in rate\"", "the -lock",
    "+the lock rare",
    "lock NEAR/3 rate", "title:rate", "ra*", "lang:en the", "date:2024.. the", "locked",
    "path:all.jsonl",
  ]

  init(_ kind: SegmentFile.Kind) throws {
    let scratch = try TemporaryDirectory.untilExit()
    let path = try Self.makeIndex(in: scratch)
    let snapshot = try IndexSnapshot(path: path)
    let segment = snapshot.segments[0]
    let folder = "\(path)/\(segment.info.id)"
    let deletions = snapshot.manifest.segments[0].deletions ?? 0
    let name =
      switch kind {
      case .manifest, .files: "\(path)/\(kind.rawValue)"
      case .deletions: "\(path)/\(IndexFolder.deletionsName(segment.info.id, deletions))"
      default: "\(folder)/\(kind.rawValue)"
      }
    let queries = try Self.queries(snapshot)
    let terms = try Self.terms(segment)
    let sections = try Self.sections(kind, name)
    let file = try Self.copy(name)
    let contents = try Self.copy("\(folder)/segment")
    self.kind = kind
    self.scratch = scratch
    self.path = path
    self.sound = segment
    self.soundDeletions = deletions
    self.queries = queries
    self.terms = terms
    self.sections = sections
    self.file = file
    self.contents = contents
  }

  private static func queries(_ snapshot: IndexSnapshot) throws -> [Query] {
    var parser = try QueryParser(snapshot)
    return try typed.map { try parser.parse($0).query }
  }

  private static func terms(_ segment: SegmentReader) throws -> [String] {
    var terms: [String] = []
    var cursor = TermCursor(segment.terms)
    while try cursor.next() { terms.append(String(decoding: cursor.term, as: UTF8.self)) }
    return terms
  }

  private static func sections(_ kind: SegmentFile.Kind, _ path: String) throws -> [[UInt8]] {
    let reader = try SegmentFileReader(kind, path: path, sectionCount: sectionCount(kind))
    return reader.sections.indices.map { reader.section($0).copied() }
  }

  /// Gives a file's name to a copy of it: the sound segment stays mapped, the copy will change.
  private static func copy(_ path: String) throws -> OverwrittenFile {
    let mapped = try MappedFile(path: path)
    let bytes = mapped.bytes.copied()
    try FileSystem.remove(path)
    let writer = try FileWriter(path: path, isDurable: false)
    try writer.write(bytes)
    try writer.finish()
    return try OverwrittenFile(path: path)
  }

  private static func sectionCount(_ kind: SegmentFile.Kind) -> Int {
    switch kind {
    case .terms, .documents: 3
    case .postings: 8
    case .norms, .texts: 2
    case .forms, .deletions: 4
    case .positions, .dates, .segment, .manifest, .files: 1
    }
  }

  /// Whether the file has records in chunks, which are damaged before they are compressed.
  private var hasChunks: Bool { kind == .documents || kind == .texts }

  /// The first byte of an input says which section the others are, those of a chunk after the last one;
  /// with this bit the section becomes as long as the input.
  private static let otherLength: UInt8 = 0x80

  /// The sections as they are.
  func seeds() throws -> [[UInt8]] {
    var seeds = sections.enumerated().map { [UInt8($0.offset)] + $0.element }
    if hasChunks {
      let (chunk, entry) = (sections[0], sections[1])
      let size = Int(entry.rawSpan.load(UInt64.self, at: 16) ?? 0)
      let rows = try Decompressor.decompress(chunk.rawSpan, count: size)
      seeds.append([UInt8(sections.count)] + rows)
    }
    return seeds
  }

  /// Replaces the file by what an input says.
  func damage(_ input: [UInt8]) throws {
    let head = input.first ?? 0
    let number = Int(head & 0x7F) % (sections.count + (hasChunks ? 1 : 0))
    var damaged = sections
    if number == sections.count {
      let rows = Array(input.dropFirst())
      var entry = ByteWriter()
      entry.write(contentsOf: [UInt8](repeating: 0, count: 16))
      entry.write(UInt64(rows.count))
      damaged[0] = try compressor.compress(rows)
      damaged[1] = entry.bytes
    } else if head & Self.otherLength != 0 {
      damaged[number] = Array(input.dropFirst())
    } else {
      // Of another length most sections are refused at once.
      let bytes = input.dropFirst().prefix(sections[number].count)
      damaged[number].replaceSubrange(..<bytes.count, with: bytes)
    }
    let frame = FileFrame(kind, fileID, damaged)
    checksum = frame.checksum
    try file.replace(with: frame.bytes)
    guard kind != .segment, let index = sound.info.files.firstIndex(where: { $0.kind == kind })
    else { return }
    var info = sound.info
    info.files[index].byteCount = frame.bytes.count
    info.files[index].checksum = frame.checksum
    try contents.replace(with: FileFrame(.segment, info.id, [info.encoded]).bytes)
  }

  private var fileID: SegmentID {
    kind == .manifest || kind == .files ? SegmentID(rawValue: 0) : sound.info.id
  }

  /// An index with a block of postings, positions in groups, titles, headings, dates, forms, a deleted
  /// document, and the table of its files.
  private static func makeIndex(in folder: TemporaryDirectory) throws -> String {
    let path = folder.path("Index")
    // What is not there, or cannot be read, is read again at each update.
    try folder.write("all.jsonl", "records")
    try folder.write("gone.txt", "a document")
    var documents = (0..<140).map(document)
    documents.append(Document(path: "gone.txt", text: "The lock is gone"))
    try update(path, files: ["all.jsonl", "gone.txt"], documents, root: folder.path)
    try update(path, files: ["all.jsonl"], [], root: folder.path)
    return path
  }

  private static func document(_ number: Int) -> Document {
    let texts = ["The lock-in rate", "rates locked the", "the the rate in", "lock rare the rating"]
    let text = texts[number % texts.count] + (number % 16 == 0 ? ". Rate 35% \(number)" : "")
    var document = Document(path: "all.jsonl", record: "\(number)", text: text)
    document.metadata.language = "en"
    if number % 5 == 0 { document.title = 0..<3 }
    if number % 7 == 0 { document.headings = [4..<8] }
    guard number % 20 == 0 else { return document }
    document.metadata.date = "2024-05-\(10 + number / 20)"
    document.metadata.tags = ["a", "Orders"]
    document.metadata.source = "EV Daily"
    document.metadata.encoding = "GB18030"
    return document
  }

  /// Brings the index up to date without merging, so that what is deleted stays in its segment.
  private static func update(
    _ path: String, files: [String], _ documents: [Document], root: String
  ) throws {
    let writer = try IndexWriter(path: path, mode: .update)
    writer.mergePolicy.smallBytes = 0
    writer.mergePolicy.deletedShare = 1
    let scan = files.map {
      SourceFile(path: $0, byteCount: 9, modificationTime: 7, inode: 3)
    }
    _ = writer.update(to: scan, root: root)
    for document in documents { try writer.add(document) }
    try writer.commit(skipped: [SkippedFile(path: "a.bin", reason: "binary")])
  }
}
