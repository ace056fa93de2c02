// Which paths a person wants, by patterns on the command line: ripgrep's `-g`.

/// Chooses paths by patterns.
///
/// A pattern has the meaning of a line of `.gitignore`, but it takes files in, and one that begins with
/// `!` leaves them out. The last pattern that matches counts. Where a pattern takes files in, files that
/// none matches are left out. What is taken in is taken even if an ignore file leaves it out, or it is
/// hidden.
struct GlobFilter {
  private var patterns: [IgnorePattern] = []
  private var takesIn = false

  /// A filter; patterns that can match nothing take nothing in.
  init(_ globs: [String]) {
    for glob in globs {
      guard let pattern = IgnorePattern(line: glob.utf8) else {
        takesIn = takesIn || !glob.hasPrefix("!")
        continue
      }
      if !pattern.isNegated { takesIn = true }
      patterns.append(pattern)
    }
  }

  /// Whether a pattern means something.
  static func isValid(_ glob: String) -> Bool {
    IgnorePattern(line: glob.utf8) != nil
  }

  /// What the patterns say of a path: take it in (true), leave it out (false), or nothing.
  func verdict(on path: [UInt8], isFolder: Bool) -> Bool? {
    guard !patterns.isEmpty || takesIn else { return nil }
    if let last = patterns.last(where: { $0.matches(path[...], isFolder: isFolder) }) {
      return !last.isNegated
    }
    // Any folder may have in it what is wanted.
    return takesIn && !isFolder ? false : nil
  }
}
