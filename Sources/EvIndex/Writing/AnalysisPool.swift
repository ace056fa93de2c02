internal import Dispatch
internal import EvAnalysis
internal import Synchronization

/// Analyses batches on several threads and gives them back in the order in which they came.
final class AnalysisPool {
  private let analyzer: Analyzer
  private let storesText: Bool
  private let threads: Int
  private let queue = DispatchQueue(label: "evsearch.analysis", attributes: .concurrent)
  private var pending: [Job] = []
  private let idle = IdleAnalyzers()

  /// Creates a pool; with one thread the work is done by the caller's own.
  init(_ analyzer: Analyzer, storesText: Bool, threads: Int) {
    self.analyzer = analyzer
    self.storesText = storesText
    self.threads = max(1, threads)
  }

  /// Hands in a batch.
  ///
  /// - Returns: The oldest batch that is not given back yet, once more than `threads` are on the way.
  func submit(_ chunks: [[Document]]) throws(IndexError) -> AnalyzedBatch? {
    guard threads > 1 else { return try analyze(chunks, analyzer: analyzer) }
    let job = Job()
    pending.append(job)
    let (idle, analyzer, storesText) = (idle, analyzer, storesText)
    queue.async {
      let result: Result<AnalyzedBatch, IndexError>
      do throws(IndexError) {
        let worker = try idle.take(analyzer, storesText: storesText)
        result = .success(try worker.analyze(chunks))
        idle.put(worker)
      } catch {
        result = .failure(error)
      }
      job.finish(result)
    }
    return pending.count > threads ? try next() : nil
  }

  /// The oldest batch that is not given back yet; nil when there is none.
  func next() throws(IndexError) -> AnalyzedBatch? {
    guard !pending.isEmpty else { return nil }
    return try pending.removeFirst().wait().get()
  }

  private func analyze(
    _ chunks: [[Document]], analyzer: Analyzer
  ) throws(IndexError) -> AnalyzedBatch {
    let worker = try idle.take(analyzer, storesText: storesText)
    defer { idle.put(worker) }
    return try worker.analyze(chunks)
  }
}

/// A batch on its way.
private final class Job: Sendable {
  private let result = Mutex<Result<AnalyzedBatch, IndexError>?>(nil)
  private let done = DispatchSemaphore(value: 0)

  func finish(_ value: sending Result<AnalyzedBatch, IndexError>) {
    result.withLock { $0 = value }
    done.signal()
  }

  func wait() -> Result<AnalyzedBatch, IndexError> {
    done.wait()
    return result.withLock { $0 } ?? .failure(.limit(reason: "A batch was lost."))
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

  func put(_ analyzer: BatchAnalyzer) {
    lock.withLock { _ in analyzers.append(analyzer) }
  }
}
