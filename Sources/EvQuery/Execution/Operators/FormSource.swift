internal import EvBytes
internal import EvIndex

/// The occurrences of one form of a thing in a segment: a word's, or those of words side by side.
///
/// Used as a ``ListOperator`` is, but hands out how often the form occurs, weighted, instead of scores; these
/// depend on the other forms too.
@safe
class FormSource {
  /// Documents that may have the form, at most.
  let cost: Int
  /// No document's score for this form alone is higher.
  final var upperBound: Float
  /// What was found at each place: how often, times the weight of the form.
  final var found: UnsafeMutablePointer<Float>
  /// Room for what is found in documents that were asked for.
  private let row: UnsafeMutablePointer<Float>
  /// The documents that were handed out last.
  final let documents: UnsafePointer<UInt32>
  /// A score that so many documents reach as were asked for; 0 where none is known.
  final var promise: Float = 0

  init(cost: Int, upperBound: Float, documents: UnsafePointer<UInt32>) {
    self.cost = cost
    self.upperBound = upperBound
    unsafe self.documents = documents
    // Safe: freed in deinit.
    unsafe row = .allocate(capacity: TermList.blockSize)
    unsafe row.initialize(repeating: 0, count: TermList.blockSize)
    unsafe found = row
  }

  deinit { unsafe row.deallocate() }

  /// The room for what is found, which ``found`` is then.
  final func useRow() -> UnsafeMutablePointer<Float> {
    unsafe found = row
    return unsafe row
  }

  /// Hands out the next documents whose scores for this form alone may be `threshold`.
  ///
  /// - Parameters:
  ///   - places: Where their places are put.
  ///   - scores: What they score at most, for this form alone.
  /// - Returns: How many there are, 0 for none yet; nil at the end.
  func next(
    reaching threshold: Float, _ places: UnsafeMutablePointer<UInt32>,
    _ scores: UnsafeMutablePointer<Float>
  ) throws(FormatError) -> Int? { nil }

  /// Finds those of some documents that have the form, and sets ``found``.
  func match(
    _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>, _ count: Int,
    _ gate: TermList.Gate
  ) throws(FormatError) -> Int { 0 }

  /// The same, without saying how often.
  func keep(
    _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>, _ count: Int
  ) throws(FormatError) -> Int { 0 }

  /// Adds all documents that have the form to a set.
  func insert(into set: DocumentBits) throws(FormatError) {}

  func rewind() {}

  /// What was done with the lists of the form's words.
  var traced: [ExecutionTrace.List] { [] }
}
