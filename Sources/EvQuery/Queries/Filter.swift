/// What a document's metadata must be; it restricts and adds nothing to the score.
public enum Filter: Hashable, Sendable {
  /// Documents with any of these field terms, which begin with the byte 0x01.
  case terms([String])

  /// Documents whose own date is in a range, in days since 1 January 1970.
  case dates(ClosedRange<Int32>)
}
