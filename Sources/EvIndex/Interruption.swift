internal import Synchronization

/// A person's wish to end what is being searched, in the whole process.
///
/// What may take long looks at it now and then, and ends with ``IndexError/interrupted``. The wish can be
/// made in the handler of a signal.
public enum Interruption {
  private static let isWanted = Atomic<Bool>(false)

  /// Ends what is being searched, in every thread; what is begun before ``clear()`` ends at once.
  public static func request() { isWanted.store(true, ordering: .relaxed) }

  /// Takes the wish back.
  public static func clear() { isWanted.store(false, ordering: .relaxed) }

  /// Throws where the search is to end.
  public static func check() throws(IndexError) {
    if isWanted.load(ordering: .relaxed) { throw .interrupted }
  }
}
