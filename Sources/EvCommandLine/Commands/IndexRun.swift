// From files to an index: the scan, the reading, the commit, and what is said about it.

import EvIndex
import EvIngest
import EvSearch
import EvTerminal

/// One run over a folder.
struct IndexRun {
  private let target: IndexLocation.Target
  private let source: FolderSource
  private var options: IndexBuilder.Options
  private let optimizes: Bool
  private let reading: CollectionConfiguration.Reading
  private let memory: Int?

  /// - Parameters:
  ///   - reading: Which files are read, and how; the index keeps it.
  ///   - rebuilds: Whether every file is read again.
  ///   - optimizes: Whether the index becomes one segment, in the order of paths.
  ///   - memory: The most memory to take, in bytes; nil for no limit.
  ///   - whenLocked: Called before another process is waited for; nil to fail instead.
  init(
    target: IndexLocation.Target, reading: CollectionConfiguration.Reading, threads: Int,
    rebuilds: Bool, optimizes: Bool, memory: Int? = nil,
    whenLocked: (@Sendable (Int32?) -> Void)? = nil
  ) throws(CommandError) {
    self.target = target
    self.reading = reading
    self.memory = memory
    do throws(EncodingRule.Failure) {
      var ingest = try IngestOptions(reading, excludedFolders: [target.indexPath])
      ingest.memoryMaximum = memory.map { IndexConfiguration.largestText(forMemory: $0) }
      source = FolderSource(root: target.root, options: ingest)
    } catch {
      throw CommandError(
        code: "configuration", message: error.description,
        hint: "The rule is in \(target.indexPath)/collection.conf.")
    }
    var options = IndexBuilder.Options()
    options.threads = threads
    options.mode = rebuilds ? .rebuild : .update
    options.reader = source.fingerprint
    options.readsAlike = { [source] in source.readsAlike($0, $1) }
    if let memory { options.limitMemory(to: memory) }
    options.whenLocked = whenLocked
    self.options = options
    self.optimizes = optimizes
  }

  /// What an index has kept of which files are read; the usual where there is none yet.
  static func kept(
    in indexPath: String
  ) throws(CommandError) -> CollectionConfiguration.Reading {
    do throws(IndexError) {
      return try CollectionConfiguration.read(from: indexPath)?.reading ?? .init()
    } catch {
      throw CommandError(error)
    }
  }

  /// A run that reads again what damaged segments held, and leaves the rest as it is.
  static func repair(_ target: IndexLocation.Target) throws(CommandError) -> IndexRun {
    var run = try IndexRun(
      target: target, reading: try kept(in: target.indexPath),
      threads: SystemCalls.processorCount, rebuilds: false, optimizes: false)
    run.options.mode = .repair
    run.options.whenLocked = { _ in }
    return run
  }

  /// Indexes everything and commits, with a bar on `console` if there is one.
  func index(showingProgressOn console: Console?) throws(CommandError) -> IndexReport {
    let clock = ContinuousClock()
    let begin = clock.now
    let builder: IndexBuilder
    do throws(IndexError) {
      builder = try IndexBuilder(
        indexPath: target.indexPath, root: source.root, reading: reading, options: options)
    } catch {
      throw CommandError(error)
    }
    // Listed while the index is locked, so that no other run commits in between.
    let repairs = options.mode == .repair && builder.canRepair
    let scan = try scan()
    try requireMemory(forFiles: scan.files.count)
    let update = builder.update(
      to: scan.files.map {
        SourceFile(
          path: $0.path, byteCount: $0.byteCount, modificationTime: $0.modificationTime,
          inode: $0.inode)
      })
    let files = update.filesToRead
    var skipped = repairs ? [] : scan.skipped
    var bytesBefore = 0
    var documents = 0
    let totalBytes = files.reduce(0) { $0 + $1.byteCount }
    var bar = console.map { ProgressBar("Indexing", totalBytes: totalBytes, on: $0) }
    defer { bar?.clear() }

    do throws(IndexError) {
      for file in files {
        let entry = FileEntry(
          path: file.path, byteCount: file.byteCount, modificationTime: file.modificationTime,
          inode: file.inode)
        var textBytes = 0
        skipped += try source.read(entry) { document throws(IndexError) in
          try builder.add(document)
          documents += 1
          // The texts of records tell roughly how far their file is read, so that a large one moves
          // the bar too.
          textBytes += document.text.utf8.count
          let state = ProgressBar.State(
            documents: documents, bytes: bytesBefore + min(textBytes, file.byteCount))
          bar?.update(state, after: clock.now - begin)
        }
        bytesBefore += file.byteCount
      }
      bar?.announce("Writing the index")
      skipped.sort { $0.path < $1.path }
      let left = skipped.map { SkippedFile(path: $0.path, reason: $0.reason.code) }
      let summary = try optimizes ? builder.optimize(skipped: left) : builder.commit(skipped: left)
      return IndexReport(
        summary: summary,
        skipped: summary.skipped.compactMap { file in
          SkipReason(code: file.reason).map { Skipped(path: file.path, reason: $0) }
        }, took: clock.now - begin, filesRead: files.count,
        unrecoverable: update.unrecoverable, isPartial: repairs)
    } catch {
      throw CommandError(error)
    }
  }

  /// - Throws: What to ask for, where so many files do not fit the limit of memory.
  private func requireMemory(forFiles count: Int) throws(CommandError) {
    let least = IndexConfiguration.leastMemory(forFiles: count)
    guard let memory, memory < least else { return }
    throw CommandError(
      code: "memory",
      message: "\(Quantities.count(count, "file")) cannot be indexed in \(memory >> 20) MiB.",
      hint: "Give them more: --memory \((least >> 20) + 1)M")
  }

  private func scan() throws(CommandError) -> Scan {
    do throws(IngestError) { return try source.scan() } catch { throw CommandError(error) }
  }
}

/// What came of a run.
struct IndexReport {
  let summary: IndexSummary
  let skipped: [Skipped]
  let took: Duration
  /// Files that were read.
  var filesRead = 0
  /// Files that are gone, of which a damaged segment had documents.
  var unrecoverable: [String] = []
  /// Whether only what a damaged segment held was read.
  var isPartial = false

  /// The report for a person; `indexPath` is how a search has to name the index, if it has to.
  func lines(indexPath: String?) -> [StyledText] {
    let counts = [
      Quantities.count(summary.documents, "document"), Quantities.count(summary.words, "word"),
      Quantities.bytes(summary.bytes),
    ]
    var lines = [StyledText("Indexed \(counts.joined(separator: ", ")) in \(time)")]
    let files = summary.files
    if files.changed + files.removed + files.renamed + files.unchanged > 0 {
      let renamed = files.renamed > 0 ? "\(files.renamed) renamed, " : ""
      lines.append(
        StyledText(
          "\(files.new) new, \(files.changed) changed, \(files.removed) removed, "
            + "\(renamed)\(files.unchanged) unchanged"))
    }
    if let first = summary.duplicates.first {
      let more = summary.duplicates.count > 1 ? " and \(summary.duplicates.count - 1) more" : ""
      lines.append(
        StyledText("more than one document is named \(first)\(more); the last one counts"))
    }
    if !skipped.isEmpty {
      lines.append(
        StyledText(
          "skipped \(Quantities.grouped(skipped.count)): \(Self.reasons(skipped))"
            + " — evsearch status --skipped"))
    }
    let option = indexPath.map { " --index \($0)" } ?? ""
    lines.append(StyledText("Search it: evsearch\(option) WORDS", .faint))
    return lines
  }

  /// The files that were skipped: `path: reason`.
  var skippedLines: [StyledText] {
    skipped.map { .skipped($0.path, $0.reason.description) }
  }

  /// The time of the run, in seconds even where it is short: `0.05 s`.
  private var time: String {
    let seconds = Quantities.seconds(took)
    guard seconds < 59.995 else { return Quantities.clock(took) }
    return Quantities.fixed(max(seconds, 0.01), decimals: 2) + " s"
  }

  /// `2 symbolic links, 1 FIFO`: the reasons, the most frequent first.
  static func reasons(_ skipped: [Skipped]) -> String {
    var counts: [(reason: SkipReason, kind: String, count: Int)] = []
    for file in skipped {
      // What a count of one is called names the kind of a reason without its details.
      let kind = file.reason.summary(count: 1)
      if let index = counts.firstIndex(where: { $0.kind == kind }) {
        counts[index].count += 1
      } else {
        counts.append((file.reason, kind, 1))
      }
    }
    // Equally frequent ones stay in the order of the files.
    return counts.enumerated()
      .sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
      .map { $0.element.reason.summary(count: $0.element.count) }
      .joined(separator: ", ")
  }
}
