/// A piece of a typed query.
enum Lexeme: Equatable {
  /// A word, a quotation or anything else that stands for itself.
  case operand(Syntax)
  /// `(` and the `)` that closes it.
  case open, close
  /// `AND`, `OR` or `NOT`, in capitals and alone.
  case and, or, not
  /// `NEAR` or `NEAR/5`
  case near(Int)
  /// `+` or `-` in front of an operand.
  case plus, minus
  /// `title:` in front of an operand.
  case title
  /// `^2` behind a `)`.
  case boost(Float)
}
