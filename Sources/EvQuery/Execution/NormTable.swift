/// What scores need of a segment's documents: the length codes, and 1 / K of each code.
///
/// Bare addresses; the executor keeps what they point into.
@safe
struct NormTable {
  /// A byte a document.
  let codes: UnsafePointer<UInt8>
  /// A number for each of the 256 codes.
  let inverse: UnsafePointer<Float>
  /// What an occurrence in a title counts more than one in the body.
  let titleBonus: Float
  /// What one in a heading counts more.
  let headingBonus: Float
  /// Whether either is not 0.
  let weighsFields: Bool
}
