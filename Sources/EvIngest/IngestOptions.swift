// What to take from a folder, and how a whole run can fail.

public import EvIndex

/// What a ``FolderSource`` takes from a folder.
public struct IngestOptions: Sendable, Equatable {
  /// Whether files and folders whose name starts with a full stop are taken.
  public var includesHidden: Bool

  /// Whether `.gitignore`, `.ignore` and `.evsearchignore` are obeyed.
  public var respectsIgnoreFiles: Bool

  /// Whether links are followed; without it they are skipped.
  ///
  /// A link to a folder above it is skipped in any case.
  public var followsLinks: Bool

  /// Patterns of the paths that are taken, or with a leading `!` left out; of those that match a path
  /// the last one counts.
  ///
  /// They have the meaning of lines of `.gitignore`.
  public var globs: [String]

  /// In which encodings files are, where it is known; the last rule for a file counts.
  public var encodings: [EncodingRule]

  /// The largest file that is read whole, and the longest record of a file of records, in bytes.
  ///
  /// A file of records, such as JSON lines, may itself have any size; so may an archive. To index a text
  /// of many short words takes many times its size in memory, so this bounds the memory of a run.
  public var maximumFileBytes: Int

  /// The largest text that fits the memory of this run, in bytes; nil where memory has no limit.
  ///
  /// What is left out because of it is looked at again in the next run, which may have more memory.
  public var memoryMaximum: Int?

  /// The longest text, or record, that is read.
  var maximumTextBytes: Int { min(maximumFileBytes, memoryMaximum ?? .max) }

  /// The usual value of ``maximumFileBytes``.
  public static let usualMaximumFileBytes = 1 << 25

  /// The largest file that is opened of a kind, in bytes.
  ///
  /// A PDF, a Word document or a book may be larger than the text in it, unless a person has said
  /// otherwise.
  func maximumBytes(of format: SourceFormat) -> Int {
    switch format {
    case _ where format.isStreamed: .max
    case .pdf, .office:
      maximumFileBytes == Self.usualMaximumFileBytes ? 1 << 30 : maximumFileBytes
    default: maximumTextBytes
    }
  }

  /// Why a file of a kind is left out that has so many bytes; nil where it is not.
  func refusal(ofBytes byteCount: Int, _ format: SourceFormat) -> SkipReason? {
    guard byteCount > maximumBytes(of: format) else { return nil }
    return byteCount > maximumFileBytes ? .tooLarge : .tooLargeForMemory
  }

  /// Whether archives and compressed files are unpacked; without it they are skipped.
  public var unpacks = true

  /// The most bytes that may come out of one packed file.
  public var maximumUnpackedBytes: Int

  /// The most bytes that may come out of one byte of a packed file, beyond the first megabytes.
  ///
  /// It is far above what text packs to, and below what is made to exhaust a machine: gzip alone
  /// reaches about a thousand on a single repeated byte.
  public var maximumUnpackRatio: Int

  /// The folders, absolute paths, in which programs such as `pdftotext` are looked for.
  public var programFolders: [String]

  /// How long a program may take for one file.
  public var programTimeLimit: Duration

  /// Folders that are not entered, wherever they are mounted or linked: the index itself, say.
  public var excludedFolders: [String]

  /// Creates options; the defaults are what a person expects of a search tool.
  public init(
    includesHidden: Bool = false, respectsIgnoreFiles: Bool = true,
    maximumFileBytes: Int = Self.usualMaximumFileBytes, maximumUnpackedBytes: Int = 1 << 36,
    maximumUnpackRatio: Int = 200, excludedFolders: [String] = [], followsLinks: Bool = false,
    globs: [String] = [], encodings: [EncodingRule] = [], programFolders: [String]? = nil,
    programTimeLimit: Duration = .seconds(60)
  ) {
    precondition(maximumUnpackRatio > 0, "a ratio must be above 0, not \(maximumUnpackRatio)")
    self.includesHidden = includesHidden
    self.respectsIgnoreFiles = respectsIgnoreFiles
    self.maximumFileBytes = maximumFileBytes
    self.maximumUnpackedBytes = maximumUnpackedBytes
    self.maximumUnpackRatio = maximumUnpackRatio
    self.excludedFolders = excludedFolders
    self.followsLinks = followsLinks
    self.globs = globs
    self.encodings = encodings
    self.programFolders = programFolders ?? HelperProgram.searchPath
    self.programTimeLimit = programTimeLimit
  }
}

extension IngestOptions {
  /// Whether a pattern for ``globs`` can match anything.
  public static func isPattern(_ glob: String) -> Bool {
    GlobFilter.isValid(glob)
  }

  /// The options of a collection, as its index keeps them.
  ///
  /// - Parameters:
  ///   - reading: What the index says.
  ///   - excludedFolders: Folders that are not entered: the index itself, say.
  /// - Throws: ``EncodingRule/Failure`` for a rule that cannot be used.
  public init(
    _ reading: CollectionConfiguration.Reading, excludedFolders: [String] = []
  ) throws(EncodingRule.Failure) {
    var encodings: [EncodingRule] = []
    for rule in reading.encodings { encodings.append(try EncodingRule(parsing: rule)) }
    self.init(
      includesHidden: reading.includesHidden, respectsIgnoreFiles: reading.respectsIgnoreFiles,
      excludedFolders: excludedFolders, followsLinks: reading.followsLinks, globs: reading.globs,
      encodings: encodings)
    unpacks = reading.unpacks
    if let maximum = reading.maximumFileBytes { maximumFileBytes = maximum }
  }
}

/// Why a folder could not be looked through at all.
///
/// What goes wrong with one file is not such an error but a ``Skipped``: it never stops a run.
@nonexhaustive
public enum IngestError: Error, Equatable, Sendable {
  /// Nothing is at this path.
  case notFound(path: String)

  /// The operating system refused to open the root; `code` is `errno`.
  case system(operation: String, path: String, code: Int32)
}
