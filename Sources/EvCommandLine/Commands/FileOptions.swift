// Which files of a folder are indexed, and how they are read.

import ArgumentParser
import EvIndex
import EvIngest

/// The options that choose files.
///
/// What is not typed stays as it was when the index was made.
struct FileOptions: ParsableArguments {
  @Flag(
    name: [.customShort("."), .long], inversion: .prefixedNo,
    help: "Take hidden files and folders too.")
  var hidden: Bool?

  @Flag(inversion: .prefixedNo, help: "Obey .gitignore, .ignore and .evsearchignore.")
  var ignore: Bool?

  @Flag(
    name: [.customShort("L"), .long], inversion: .prefixedNo, help: "Follow symbolic links.")
  var follow: Bool?

  @Flag(
    name: [.customShort("z"), .customLong("search-zip")], inversion: .prefixedNo,
    help: "Unpack archives and compressed files, which is the default.")
  var unpacks: Bool?

  @Option(
    name: [.customShort("g", allowingJoined: true), .long],
    help: ArgumentHelp(
      """
      Take only the files that a pattern of .gitignore matches, or with a leading ! leave them out; \
      the last that matches counts, '' forgets them all.
      """, valueName: "pattern"))
  var glob: [String] = []

  @Option(
    name: [.customShort("t", allowingJoined: true), .long],
    help: ArgumentHelp(
      "Take only files of a kind: \(FileType.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "kind"))
  var type: [FileType] = []

  @Option(
    name: .customLong("max-filesize"),
    help: ArgumentHelp(
      "Leave out texts above this size, such as 10M; 0 is the usual limit, 32M.", valueName: "size"),
    transform: FileSize.init(parsing:))
  var maximumFileSize: FileSize?

  @Option(
    name: [.customShort("E", allowingJoined: true), .long],
    help: ArgumentHelp(
      """
      In which encoding files are, all or those that a pattern matches: GB18030, '*.txt=Shift_JIS'; \
      auto detects it.
      """, valueName: "[pattern=]name"))
  var encoding: [String] = []

  func validate() throws {
    for rule in encoding {
      do throws(EncodingRule.Failure) {
        _ = try EncodingRule(parsing: rule)
      } catch {
        throw ValidationError(error.description)
      }
    }
    for pattern in glob where !pattern.isEmpty && !IngestOptions.isPattern(pattern) {
      throw ValidationError("--glob takes a pattern such as '*.md', not \"\(pattern)\".")
    }
  }

  /// What an index is to keep, given what it has kept so far.
  func reading(
    after kept: CollectionConfiguration.Reading
  ) -> CollectionConfiguration.Reading {
    var reading = kept
    if let hidden { reading.includesHidden = hidden }
    if let ignore { reading.respectsIgnoreFiles = ignore }
    if let unpacks { reading.unpacks = unpacks }
    if let follow { reading.followsLinks = follow }
    if !glob.isEmpty || !type.isEmpty {
      // The kinds first, so that a pattern can leave out some of their files.
      reading.globs = type.flatMap(\.patterns) + glob.filter { !$0.isEmpty }
    }
    if let size = maximumFileSize {
      reading.maximumFileBytes = size.byteCount > 0 ? size.byteCount : nil
    }
    if !encoding.isEmpty { reading.encodings = encoding == ["auto"] ? [] : encoding }
    return reading
  }
}

/// A kind of files by its short name.
enum FileType: String, CaseIterable, ExpressibleByArgument {
  case md, html, txt, json, csv, mail, office, pdf

  /// The patterns of the names of such files.
  var patterns: [String] {
    let extensions =
      switch self {
      case .md: ["md", "markdown"]
      case .html: ["html", "htm", "xhtml"]
      case .txt: ["txt", "text"]
      case .json: ["jsonl", "ndjson"]
      case .csv: ["csv", "tsv", "tab"]
      case .mail: ["eml", "mbox", "mbx"]
      case .office: ["docx", "docm", "odt", "ods", "odp", "epub"]
      case .pdf: ["pdf"]
      }
    return extensions.map { "*." + $0 }
  }
}

/// A size of files as it is typed.
struct FileSize: Equatable {
  /// Bytes.
  let byteCount: Int

  /// Reads `500`, `10K`, `1.5M`, `2G`.
  ///
  /// - Throws: What is wrong with it, as a usage error.
  init(parsing text: String) throws {
    guard let size = MemorySize.bytes(of: text) else {
      throw ValidationError("--max-filesize takes a size such as 500K or 10M, not \"\(text)\".")
    }
    byteCount = Int(min(size, 0x1p50))
  }
}
