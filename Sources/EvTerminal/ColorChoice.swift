// Whether a stream is coloured.

/// What a person asked for with `--color`.
public enum ColorChoice: String, CaseIterable, Sendable {
  /// Colour on a terminal that can show it.
  case auto
  /// Colour, wherever the output goes.
  case always
  /// No colour.
  case never

  /// Whether a stream is coloured.
  ///
  /// The option beats the environment; there, `NO_COLOR` beats `FORCE_COLOR` and `CLICOLOR_FORCE`
  /// (of which 0 is off), and they beat what the terminal can do.
  public func isColored(isTerminal: Bool, environment: Environment) -> Bool {
    switch self {
    case .always: return true
    case .never: return false
    case .auto:
      if environment["NO_COLOR"] != nil { return false }
      for name in ["FORCE_COLOR", "CLICOLOR_FORCE"] {
        if let value = environment[name], value != "0" { return true }
      }
      return isTerminal && environment["TERM"] != "dumb"
    }
  }
}
