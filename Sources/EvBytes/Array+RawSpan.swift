// The bytes of the integers that this package keeps in arrays and spans.

extension Array where Element: FixedWidthInteger & BitwiseCopyable {
  /// The elements' bytes, borrowed.
  @inlinable
  public var rawSpan: RawSpan {
    @_lifetime(borrow self) get {
      // Safe: integers have no padding, so every byte is initialized.
      unsafe _overrideLifetime(span.bytes, borrowing: self)
    }
  }
}

extension Span where Element: FixedWidthInteger & BitwiseCopyable {
  /// The elements' bytes.
  @inlinable
  public var rawSpan: RawSpan {
    @_lifetime(copy self) get {
      // Safe: integers have no padding, so every byte is initialized.
      unsafe _overrideLifetime(bytes, copying: self)
    }
  }
}
