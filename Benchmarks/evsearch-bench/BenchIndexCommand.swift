import ArgumentParser
import EvAnalysis
import EvIndex
import EvIngest
import Foundation

/// Builds an index of JSON lines, `{"id", "title", "text"}` each.
struct BenchIndexCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "index", abstract: "Index the rows of a JSON lines file.")

  /// How the text is cut into words.
  enum Analysis: String, ExpressibleByArgument, CaseIterable {
    /// As it stands, at white space.
    case space
    /// As evsearch does.
    case `default`
  }

  @Argument(help: "A file of rows {\"id\", \"title\", \"text\"}; title and text are one field.")
  var corpus: String

  @Argument(help: "The folder of the index.")
  var folder: String

  @Option(help: "How words are cut: space or default.")
  var analysis = Analysis.default

  @Option(help: "Threads that analyse.")
  var threads = 1

  @Flag(help: "Keep the text, as evsearch does for passages.")
  var text = false

  @Option(help: "Bytes of text in a segment.")
  var segmentBytes = 1 << 40

  @Option(help: "The largest resident set, in MiB; instead of --segment-bytes.")
  var memory: Int?

  @Flag(help: "Merge everything into one segment in the end, sorted by path.")
  var optimize = false

  @Option(help: "A file for the figures, as JSON.")
  var out: String?

  func run() throws {
    let clock = ContinuousClock()
    let start = clock.now
    let configuration = IndexConfiguration(
      analyzer: Analyzer(analysis == .space ? .space : .standard), storesText: text,
      segmentTextBytes: memory.map { IndexConfiguration.segmentTextBytes(forMemory: $0 << 20) }
        ?? segmentBytes)
    let writer = try IndexWriter(path: folder, configuration: configuration, threads: threads)
    let source = FolderSource(root: corpus)
    var skipped = 0
    for file in try source.scan().files {
      skipped += try source.read(file) { document throws(IndexError) in
        try writer.add(document)
      }.count
    }
    let segments = optimize ? try writer.optimize() : try writer.commit()
    let wall = clock.now - start
    let usage = ProcessUsage()
    let documents = segments.reduce(0) { $0 + $1.documentCount }
    let bytes = segments.reduce(0) { $0 + $1.byteCount }
    print(
      """
      documents \(documents), skipped \(skipped), segments \(segments.count), bytes \(bytes)
      wall \(wall), cpu \(usage.cpuSeconds) s, peak \(usage.peakMebibytes) MiB
      """)
    guard let out else { return }
    let seconds = Double(wall.components.seconds) + Double(wall.components.attoseconds) / 1e18
    // The names are those of the driver of the other engines.
    try """
    {"docs": \(documents), "segments": \(segments.count), "seconds": \(seconds), \
    "cpu_seconds": \(usage.cpuSeconds), "threads": \(threads), "index_bytes": \(bytes), \
    "peak_rss_mib": \(usage.peakMebibytes)}

    """.write(toFile: out, atomically: true, encoding: .utf8)
  }
}
