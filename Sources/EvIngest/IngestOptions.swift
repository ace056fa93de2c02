// What to take from a folder, and how a whole run can fail.

/// What a ``FolderSource`` takes from a folder.
public struct IngestOptions: Sendable, Equatable {
  /// Whether files and folders whose name starts with a full stop are taken.
  public var includesHidden: Bool

  /// Whether `.gitignore`, `.ignore` and `.evsearchignore` are obeyed.
  public var respectsIgnoreFiles: Bool

  /// The largest file that is read whole, and the longest record of a file of records, in bytes.
  ///
  /// A file of records, such as JSON lines, may itself have any size; so may an archive.
  public var maximumFileBytes: Int

  /// The most bytes that may come out of one packed file.
  public var maximumUnpackedBytes: Int

  /// The most bytes that may come out of one byte of a packed file, beyond the first megabytes.
  ///
  /// It is far above what text packs to, and below what is made to exhaust a machine: gzip alone
  /// reaches about a thousand on a single repeated byte.
  public var maximumUnpackRatio: Int

  /// Folders that are not entered, wherever they are mounted or linked: the index itself, say.
  public var excludedFolders: [String]

  /// Creates options; the defaults are what a person expects of a search tool.
  public init(
    includesHidden: Bool = false, respectsIgnoreFiles: Bool = true,
    maximumFileBytes: Int = 1 << 30, maximumUnpackedBytes: Int = 1 << 36,
    maximumUnpackRatio: Int = 200, excludedFolders: [String] = []
  ) {
    precondition(maximumUnpackRatio > 0, "a ratio must be above 0, not \(maximumUnpackRatio)")
    self.includesHidden = includesHidden
    self.respectsIgnoreFiles = respectsIgnoreFiles
    self.maximumFileBytes = maximumFileBytes
    self.maximumUnpackedBytes = maximumUnpackedBytes
    self.maximumUnpackRatio = maximumUnpackRatio
    self.excludedFolders = excludedFolders
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
