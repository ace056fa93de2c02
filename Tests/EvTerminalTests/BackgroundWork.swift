// Work beside a test that blocks.

import Foundation
import Synchronization

/// Work on a thread of its own, because a test that blocks must not hold up the pool of tasks.
final class BackgroundWork<Result: Sendable>: Sendable {
  private let result = Mutex<Result?>(nil)
  private let isDone = DispatchSemaphore(value: 0)

  /// Starts the work.
  init(_ work: @escaping @Sendable () -> Result) {
    Thread.detachNewThread {
      let value = work()
      self.result.withLock { $0 = value }
      self.isDone.signal()
    }
  }

  /// Waits for the work and returns its result; once.
  @discardableResult
  func wait() -> Result {
    isDone.wait()
    guard let value = result.withLock({ $0 }) else { preconditionFailure("the work has no result") }
    return value
  }
}
