// What can go wrong while a text is analyzed.

/// Why a text could not be analyzed as it should have been.
@nonexhaustive
public enum AnalysisError: Error, Equatable, Sendable {
  /// ICU refused an operation; `code` is its `UErrorCode`.
  ///
  /// No text causes this: ICU's data is missing or damaged, or there is no memory left.
  case icu(operation: String, code: Int32)

  /// The terms of a text would take more bytes than an offset of 32 bits can reach.
  case textTooLarge
}

extension AnalysisError: CustomStringConvertible {
  /// The error in a sentence for people.
  public var description: String {
    switch self {
    case .icu(let operation, let code): "ICU cannot \(operation): error \(code)"
    case .textTooLarge: "the text is too large: its terms would take more than 4 GiB"
    }
  }
}
