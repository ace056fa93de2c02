internal import Dispatch
internal import Synchronization

/// Work that is done on other threads, the results of which come in the order of submission.
///
/// One user. A few pieces are under way at a time, so that memory does not depend on how many there
/// are in all.
final class OrderedWork<Value: Sendable> {
  private let threads: Int
  private let queue = DispatchQueue(label: "evsearch.work", attributes: .concurrent)
  private var pending: [Job] = []

  /// - Parameter threads: Pieces that are done at the same time; with one the caller does them.
  init(threads: Int) {
    self.threads = max(1, threads)
  }

  /// Hands in a piece of work.
  ///
  /// - Returns: The oldest result that is not given back yet, once more than `threads` are on the way.
  func submit(_ work: @escaping @Sendable () -> Value) -> Value? {
    guard threads > 1 else { return work() }
    let job = Job()
    pending.append(job)
    queue.async { job.finish(work()) }
    return pending.count > threads ? next() : nil
  }

  /// The oldest result that is not given back yet; nil when there is none.
  func next() -> Value? {
    guard !pending.isEmpty else { return nil }
    return pending.removeFirst().wait()
  }

  /// A piece of work on its way.
  private final class Job: Sendable {
    private let result = Mutex<Value?>(nil)
    private let done = DispatchSemaphore(value: 0)

    func finish(_ value: Value) {
      result.withLock { $0 = value }
      done.signal()
    }

    func wait() -> Value {
      done.wait()
      let value = result.withLock { value in
        defer { value = nil }
        return value
      }
      guard let value else { preconditionFailure("a result was taken twice") }
      return value
    }
  }
}
