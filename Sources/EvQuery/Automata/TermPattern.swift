// The other patterns: wildcards, and words that differ in a few characters.

/// Compiles patterns of words.
enum TermPattern {
  /// `*` for any characters, `?` for one, anything else for itself.
  static func wildcard(_ pattern: String) -> ByteProgram? {
    var program = ByteProgram()
    var next = program.add(.match)
    for scalar in pattern.unicodeScalars.reversed() {
      switch scalar {
      case "*":
        let loop = program.addOpenSplit(next)
        program.close(loop, program.addAnyScalar(next: loop), next)
        next = loop
      case "?": next = program.addAnyScalar(next: next)
      default: next = program.add(scalar, next: next)
      }
    }
    program.start = next
    return program.isTooLarge ? nil : program
  }

  /// What every term has that matches a pattern which may begin with anything: its last characters where the
  /// pattern ends with some, else the longest that stand together.
  ///
  /// - Returns: Nil for a pattern that begins with a character, or has none at all.
  static func literal(ofOpen pattern: String) -> (bytes: [UInt8], isAtEnd: Bool)? {
    guard let first = pattern.first, first == "*" || first == "?" else { return nil }
    let runs = pattern.split(omittingEmptySubsequences: false) { $0 == "*" || $0 == "?" }
    if let last = runs.last, !last.isEmpty { return (Array(last.utf8), true) }
    guard let longest = runs.max(by: { $0.utf8.count < $1.utf8.count }), !longest.isEmpty else {
      return nil
    }
    return (Array(longest.utf8), false)
  }

  /// Words that become `word` by at most `distance` edits: a character more, less, or another one, or two
  /// neighbours that change places.
  ///
  /// - Parameter keepingFirst: How many characters in front are the same.
  ///
  /// A state stands for how much of the word was read, and how many edits were made, as in Schulz and
  /// Mihov, "Fast string correction with Levenshtein automata", International Journal on Document
  /// Analysis and Recognition 5(1), 2002; but the automaton is made deterministic as it runs.
  static func near(_ word: String, distance: Int, keepingFirst fixed: Int) -> ByteProgram? {
    let scalars = Array(word.unicodeScalars)
    var program = ByteProgram()
    let end = program.add(.match)
    // Row by row from the last: `states[edits]` is at the place behind `place`, `after` one further.
    var following = [Int?](repeating: nil, count: distance + 1)
    var after = following
    for place in stride(from: scalars.count, through: 0, by: -1) {
      var here = [Int?](repeating: nil, count: distance + 1)
      for edits in stride(from: distance, through: 0, by: -1) {
        var ways: [Int] = place == scalars.count ? [end] : []
        if place < scalars.count, let next = following[edits] {
          ways.append(program.add(scalars[place], next: next))
        }
        if edits < distance, place >= fixed {
          if let more = here[edits + 1] { ways.append(program.addAnyScalar(next: more)) }
          if place < scalars.count, let next = following[edits + 1] {
            ways.append(program.addAnyScalar(next: next))
            ways.append(next)
          }
          if place + 1 < scalars.count, let next = after[edits + 1] {
            let first = program.add(scalars[place], next: next)
            ways.append(program.add(scalars[place + 1], next: first))
          }
        }
        here[edits] = program.addChoice(ways)
        if program.isTooLarge { return nil }
      }
      after = following
      following = here
    }
    guard let start = following[0] else { return nil }
    program.start = start
    return program
  }

  /// How many edits make one word of another, up to a limit; two neighbours that change places are one.
  ///
  /// - Returns: Nil where there are more than `limit`.
  static func edits(_ left: String, _ right: String, limit: Int) -> Int? {
    let left = Array(left.unicodeScalars)
    let right = Array(right.unicodeScalars)
    guard abs(left.count - right.count) <= limit else { return nil }
    var before: [Int] = []
    var last = Array(0...right.count)
    for row in 0..<left.count {
      var current = [row + 1]
      for column in 0..<right.count {
        var best = min(last[column + 1], current[column]) + 1
        best = min(best, last[column] + (left[row] == right[column] ? 0 : 1))
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, before[column - 1] + 1)
        }
        current.append(best)
      }
      before = last
      last = current
    }
    return last[right.count] <= limit ? last[right.count] : nil
  }
}
