// How much work a text of Markdown would be to parse, by a look at its lines and marks alone.
//
// The parser walks all open blocks for each line. What people write is a few levels deep; a text made to
// hurt begins with thousands of `>`, and would cost the product of its depth and its lines. A line or a mark
// takes up to 400 bytes of the tree, so one of nothing but `[` or `*a ` would fill the memory.

/// Looks for blocks that are too deep, and marks that are too many to be parsed.
enum MarkdownNesting {
  /// The deepest text that is parsed: two spaces of indentation, or a mark, are a level.
  private static let maximumDepth = 100

  /// The most lines and marks, which take 600 MB; pages that people write have one in 25 bytes.
  static let maximumMarks = 1_500_000

  /// Whether a text can be parsed in time in proportion to its length, and in modest memory.
  static func isModest(_ source: [UInt8], marks: Int = maximumMarks) -> Bool {
    guard source.count <= marks || source.count(where: isMark) <= marks else { return false }
    var index = 0
    while index < source.count {
      guard depth(ofLineAt: &index, in: source) <= maximumDepth else { return false }
      index = (source[index...].firstIndex(of: UInt8(ascii: "\n")) ?? source.count) + 1
    }
    return true
  }

  /// Whether the tree has a node for a byte.
  private static func isMark(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x0A, 0x21, 0x26, 0x2A, 0x3C, 0x5B...0x5D, 0x5F, 0x60, 0x7C, 0x7E: true
    default: false
    }
  }

  /// How many blocks a line may be inside, or begin.
  ///
  /// - Parameter index: Where the line starts; then where its marks end.
  private static func depth(ofLineAt index: inout Int, in source: [UInt8]) -> Int {
    var (marks, spaces) = (0, 0)
    // Indentation alone is code, or belongs to a paragraph.
    var depth: Int { marks > 0 ? marks + spaces / 2 : 0 }
    while index < source.count {
      switch source[index] {
      case UInt8(ascii: " "): spaces += 1
      case UInt8(ascii: "\t"): spaces += 4
      case UInt8(ascii: ">"): marks += 1
      case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"):
        guard isSpace(source, index + 1) else { return depth }
        marks += 1
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        var end = index
        while end < source.count, end < index + 10, source[end] &- 0x30 < 10 { end += 1 }
        guard end < source.count, ".)".utf8.contains(source[end]), isSpace(source, end + 1)
        else { return depth }
        marks += 1
        index = end
      default: return depth
      }
      index += 1
    }
    return depth
  }

  private static func isSpace(_ source: [UInt8], _ index: Int) -> Bool {
    index >= source.count || " \t\n".utf8.contains(source[index])
  }
}
