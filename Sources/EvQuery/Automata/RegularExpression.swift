// Regular expressions over terms.

/// A pattern that a whole term has to match.
///
///     abc  .  \.            themselves; any character; a character that would mean something else
///     [a-z0-9]  [^a]        one of these, or none of these
///     \d  \w                a digit; a letter, digit, mark or low line
///     x*  x+  x?  x{2,5}    none or more, one or more, none or one, so many
///     a|b  (ab)             either; a group
///
/// Letters are folded as terms are. `^` in front and `$` at the end say what holds anyway.
struct RegularExpression {
  /// What the pattern is compiled to; nil where it is no pattern, or too large a one.
  static func program(_ pattern: String) -> ByteProgram? {
    var scalars = Array(pattern.lowercasedOutsideEscapes.unicodeScalars)
    if scalars.first == "^" { scalars.removeFirst() }
    if scalars.last == "$", scalars.dropLast().last != "\\" { scalars.removeLast() }
    var parser = Self(scalars)
    guard let tree = parser.alternatives(), parser.index == scalars.count else { return nil }
    var program = ByteProgram()
    let end = program.add(.match)
    guard let start = tree.add(to: &program, next: end), !program.isTooLarge else { return nil }
    program.start = start
    return program
  }

  /// Whether a text is a pattern.
  static func isValid(_ pattern: String) -> Bool {
    pattern.utf8.count <= 1000 && program(pattern) != nil
  }

  private indirect enum Tree {
    case empty
    case ranges([ClosedRange<UInt32>])
    case sequence([Tree])
    case choice([Tree])
    case repeated(Tree, ClosedRange<Int>)
    case endless(Tree, atLeast: Int)

    func add(to program: inout ByteProgram, next: Int) -> Int? {
      guard !program.isTooLarge else { return nil }
      switch self {
      case .empty: return next
      case .ranges(let ranges): return program.add(ranges, next: next)
      case .sequence(let parts):
        var next = next
        for part in parts.reversed() {
          guard let start = part.add(to: &program, next: next) else { return nil }
          next = start
        }
        return next
      case .choice(let parts):
        var ways: [Int] = []
        for part in parts {
          guard let start = part.add(to: &program, next: next) else { return nil }
          ways.append(start)
        }
        return program.addChoice(ways)
      case .repeated(let part, let count):
        var start = next
        for number in 0..<count.upperBound {
          guard let once = part.add(to: &program, next: start) else { return nil }
          // The last ones may be left out.
          let isOptional = number < count.upperBound - count.lowerBound
          start = isOptional ? program.add(.split(once, next)) : once
        }
        return start
      case .endless(let part, let minimum):
        let loop = program.addOpenSplit(next)
        guard let body = part.add(to: &program, next: loop) else { return nil }
        program.close(loop, body, next)
        return Tree.repeated(part, minimum...minimum).add(to: &program, next: loop)
      }
    }
  }

  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var depth = 0

  private init(_ scalars: [Unicode.Scalar]) {
    self.scalars = scalars
  }

  private var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard current == scalar else { return false }
    index += 1
    return true
  }

  private mutating func alternatives() -> Tree? {
    guard depth < 30 else { return nil }
    depth += 1
    defer { depth -= 1 }
    var parts: [Tree] = []
    repeat {
      guard let part = sequence() else { return nil }
      parts.append(part)
    } while take("|")
    return parts.count == 1 ? parts[0] : .choice(parts)
  }

  private mutating func sequence() -> Tree? {
    var parts: [Tree] = []
    while let scalar = current, scalar != "|", scalar != ")" {
      guard let part = item(), let repeated = repetition(of: part) else { return nil }
      parts.append(repeated)
    }
    return parts.isEmpty ? .empty : .sequence(parts)
  }

  private mutating func repetition(of part: Tree) -> Tree? {
    switch current {
    case "*":
      index += 1
      return .endless(part, atLeast: 0)
    case "+":
      index += 1
      return .endless(part, atLeast: 1)
    case "?":
      index += 1
      return .repeated(part, 0...1)
    case "{":
      index += 1
      guard let minimum = number() else { return nil }
      var maximum: Int? = minimum
      if take(",") { maximum = number() }
      guard take("}") else { return nil }
      guard let maximum else { return .endless(part, atLeast: minimum) }
      return minimum <= maximum ? .repeated(part, minimum...maximum) : nil
    default: return part
    }
  }

  /// A number of at most two digits.
  private mutating func number() -> Int? {
    var value: Int?
    while let scalar = current, scalar.isASCIIDigit {
      guard (value ?? 0) < 10 else { return nil }
      value = 10 * (value ?? 0) + Int(scalar.value - 0x30)
      index += 1
    }
    return value
  }

  private mutating func item() -> Tree? {
    guard let scalar = current else { return nil }
    index += 1
    switch scalar {
    case "(":
      guard let inner = alternatives(), take(")") else { return nil }
      return inner
    case "[": return set()
    case ".": return .ranges([0...0x10FFFF])
    case "\\": return escape().map { .ranges($0) }
    case "*", "+", "?", "{", "}", "]": return nil
    default: return .ranges([scalar.value...scalar.value])
    }
  }

  private mutating func escape() -> [ClosedRange<UInt32>]? {
    guard let scalar = current else { return nil }
    index += 1
    switch scalar {
    case "d": return [0x30...0x39]
    case "w": return [0x30...0x39, 0x5F...0x5F, 0x61...0x7A, 0x80...0x10FFFF]
    default:
      // Other letters may come to mean something.
      return scalar.isLetterOrNumber ? nil : [scalar.value...scalar.value]
    }
  }

  private mutating func set() -> Tree? {
    let isInverse = take("^")
    var ranges: [ClosedRange<UInt32>] = []
    repeat {
      guard let scalar = current else { return nil }
      index += 1
      if scalar == "\\" {
        guard let escaped = escape() else { return nil }
        ranges += escaped
        continue
      }
      var range = scalar.value...scalar.value
      if current == "-", index + 1 < scalars.count, scalars[index + 1] != "]" {
        let last = scalars[index + 1]
        guard last.value >= scalar.value, last != "\\" else { return nil }
        index += 2
        range = scalar.value...last.value
      }
      ranges.append(range)
    } while current != "]"
    index += 1
    guard isInverse else { return .ranges(ranges) }
    let others = Self.inverse(ranges)
    return others.isEmpty ? nil : .ranges(others)
  }

  private static func inverse(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    var result: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if range.lowerBound > next { result.append(next...range.lowerBound - 1) }
      next = max(next, range.upperBound + 1)
    }
    if next <= 0x10FFFF { result.append(next...0x10FFFF) }
    return result
  }
}

extension String {
  /// The text in lower case but for what stands behind a `\`.
  fileprivate var lowercasedOutsideEscapes: String {
    var result = ""
    var isEscaped = false
    for scalar in unicodeScalars {
      if isEscaped {
        result.unicodeScalars.append(scalar)
      } else {
        result += scalar.properties.lowercaseMapping
      }
      isEscaped = scalar == "\\" && !isEscaped
    }
    return result
  }
}
