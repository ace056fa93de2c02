/// A pattern for values of fields.
///
/// `?` stands for a character, `*` for any number of them, `[a-z]` for one of a set, `[!a-z]` for one
/// outside; a backslash takes the character behind it literally. In a path none of them stands for a
/// `/`, `**/` stands for any number of folders, and `**` for anything.
///
/// All positions of the pattern that may be reached are followed at once, so that the time is the
/// product of both lengths at worst.
public struct Glob: Hashable, Sendable {
  private enum Element: Hashable {
    case literal(Unicode.Scalar)
    /// One scalar.
    case any
    /// Any number of scalars.
    case many
    /// Any number of scalars, `/` among them.
    case everything
    /// Any number of components, each with its `/`.
    case folders
    case set([ClosedRange<Unicode.Scalar>], isNegated: Bool)
  }

  /// The pattern as it was given.
  public let text: String

  private let elements: [Element]
  private let isPath: Bool

  /// Whether only the last component of a path is compared.
  private let isOfName: Bool

  /// Reads a pattern; none is wrong: a `[` without its `]` stands for itself.
  ///
  /// - Parameter isPath: Whether values are paths. Without a `/` in it the pattern is then compared with
  ///   their last components.
  public init(_ text: String, isPath: Bool) {
    self.text = text
    self.isPath = isPath
    isOfName = isPath && !text.contains("/")
    elements = Self.elements(Array(text.unicodeScalars), isPath: isPath)
  }

  /// Whether a value is a pattern, rather than a plain name.
  public static func isPattern(_ text: String) -> Bool {
    text.contains { $0 == "*" || $0 == "?" || $0 == "[" }
  }

  /// What every value begins with that the pattern matches.
  var literalPrefix: String {
    guard !isOfName else { return "" }
    var prefix = String.UnicodeScalarView()
    for case .literal(let scalar) in elements.prefix(while: {
      if case .literal = $0 { true } else { false }
    }) {
      prefix.append(scalar)
    }
    return String(prefix)
  }

  /// Whether the pattern matches all of a value.
  func matches(_ value: String) -> Bool {
    var value = value[...]
    if isOfName, let slash = value.utf8.lastIndex(of: UInt8(ascii: "/")) {
      value = value[value.utf8.index(after: slash)...]
    }
    // A place for each element that may be next, and one for the end of the pattern.
    var reached = [Bool](repeating: false, count: elements.count + 1)
    arrive(at: 0, &reached)
    for scalar in value.unicodeScalars {
      var next = [Bool](repeating: false, count: elements.count + 1)
      let isBarrier = isPath && scalar == "/"
      for (place, element) in elements.enumerated() where reached[place] {
        switch element {
        case .literal(let wanted): if scalar == wanted { arrive(at: place + 1, &next) }
        case .any: if !isBarrier { arrive(at: place + 1, &next) }
        case .many: if !isBarrier { arrive(at: place, &next) }
        case .everything: arrive(at: place, &next)
        case .folders:
          // Inside of a folder's name the pattern cannot go on.
          next[place] = true
          if isBarrier { arrive(at: place + 1, &next) }
        case .set(let ranges, let isNegated):
          if !isBarrier, ranges.contains(where: { $0.contains(scalar) }) != isNegated {
            arrive(at: place + 1, &next)
          }
        }
      }
      guard next.contains(true) else { return false }
      reached = next
    }
    return reached[elements.count]
  }

  /// Marks a place, and those behind elements that may stand for nothing.
  private func arrive(at place: Int, _ reached: inout [Bool]) {
    var place = place
    while true {
      reached[place] = true
      guard place < elements.count else { return }
      switch elements[place] {
      case .many, .everything, .folders: place += 1
      case .literal, .any, .set: return
      }
    }
  }

  private static func elements(_ scalars: [Unicode.Scalar], isPath: Bool) -> [Element] {
    var elements: [Element] = []
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      index += 1
      switch scalar {
      case "?": elements.append(.any)
      case "*":
        let start = index - 1
        while index < scalars.count, scalars[index] == "*" { index += 1 }
        guard isPath, index - start > 1 else {
          elements.append(.many)
          continue
        }
        let beginsComponent = start == 0 || scalars[start - 1] == "/"
        if beginsComponent, index < scalars.count, scalars[index] == "/" {
          index += 1
          if elements.last != .folders { elements.append(.folders) }
        } else {
          elements.append(.everything)
        }
      case "[":
        if let (set, end) = set(scalars, from: index) {
          elements.append(set)
          index = end
        } else {
          elements.append(.literal(scalar))
        }
      case "\\" where index < scalars.count:
        elements.append(.literal(scalars[index]))
        index += 1
      default: elements.append(.literal(scalar))
      }
    }
    return elements
  }

  /// The set whose `[` is in front of `start`, and what follows its `]`.
  private static func set(
    _ scalars: [Unicode.Scalar], from start: Int
  ) -> (set: Element, end: Int)? {
    var index = start
    let isNegated = index < scalars.count && (scalars[index] == "!" || scalars[index] == "^")
    if isNegated { index += 1 }
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    let first = index
    // A `]` in the first place stands for itself.
    while index < scalars.count, scalars[index] != "]" || index == first {
      let low = scalars[index]
      if index + 2 < scalars.count, scalars[index + 1] == "-", scalars[index + 2] != "]" {
        if low <= scalars[index + 2] { ranges.append(low...scalars[index + 2]) }
        index += 3
      } else {
        ranges.append(low...low)
        index += 1
      }
    }
    guard index < scalars.count, index > first else { return nil }
    return (.set(ranges, isNegated: isNegated), index + 1)
  }
}
