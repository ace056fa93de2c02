internal import EvAnalysis
internal import Synchronization

/// Analyses batches on several threads and gives them back in the order in which they came.
final class AnalysisPool {
  private let analyzer: Analyzer
  private let storesText: Bool
  private let work: OrderedWork<Result<AnalyzedBatch, IndexError>>
  private let idle = IdleAnalyzers()

  /// Creates a pool; with one thread the work is done by the caller's own.
  init(_ analyzer: Analyzer, storesText: Bool, threads: Int) {
    self.analyzer = analyzer
    self.storesText = storesText
    work = OrderedWork(threads: threads)
  }

  /// Hands in a batch.
  ///
  /// - Returns: The oldest batch that is not given back yet, once several are on the way.
  func submit(_ chunks: [[Document]]) throws(IndexError) -> AnalyzedBatch? {
    let (idle, analyzer, storesText) = (idle, analyzer, storesText)
    return try work.submit {
      do throws(IndexError) {
        let worker = try idle.take(analyzer, storesText: storesText)
        defer { idle.put(worker) }
        return .success(try worker.analyze(chunks))
      } catch {
        return .failure(error)
      }
    }?.get()
  }

  /// Gives back the memory of the analyzers, which the next batch makes anew; none may be on the way.
  func releaseMemory() {
    idle.removeAll()
  }

  /// The oldest batch that is not given back yet; nil when there is none.
  func next() throws(IndexError) -> AnalyzedBatch? {
    try work.next()?.get()
  }
}

/// Analyzers that no thread is using.
///
/// An analyzer belongs to the thread that took it until it is put back; so although it is not
/// `Sendable`, no two threads ever touch it at once.
private final class IdleAnalyzers: @unchecked Sendable {
  private let lock = Mutex<Void>(())
  private var analyzers: [BatchAnalyzer] = []

  func take(_ analyzer: Analyzer, storesText: Bool) throws(IndexError) -> BatchAnalyzer {
    if let idle = lock.withLock({ _ in analyzers.popLast() }) { return idle }
    return try BatchAnalyzer(analyzer, storesText: storesText)
  }

  func removeAll() {
    lock.withLock { _ in analyzers = [] }
  }

  func put(_ analyzer: BatchAnalyzer) {
    lock.withLock { _ in analyzers.append(analyzer) }
  }
}
