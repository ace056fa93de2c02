// How much work a page of HTML would be to parse, by a look at its tags alone.
//
// The parser walks the open elements at many a tag, and opens formatting that was never closed
// again in each block. Pages that people write are a few dozen elements deep; a page made to hurt is
// as deep as it is long, and would cost the square of its length. A tag takes 350 bytes of the tree, so
// one page of nothing else would fill the memory.

/// Follows the tags of a page roughly as the parser does.
struct HTMLNesting {
  /// The deepest page that is parsed.
  private static let maximumDepth = 2000

  /// The most tags, which take 2 s and 400 MB.
  static let maximumTags = 1_000_000

  /// How many open elements an end tag is compared with.
  private static let reach = 64

  /// The names of the open elements, by their hashes.
  private var open: [Int] = []

  /// Formatting that was never closed, which the parser opens again in each block.
  private var leaked = 0
  private var work = 0
  private var tags = 0

  /// Whether a page can be parsed in time in proportion to its length, and in modest memory.
  static func isModest(_ source: [UInt8], tags: Int = maximumTags) -> Bool {
    var nesting = HTMLNesting()
    let budget = 64 * source.count + (1 << 20)
    var index = 0
    while let bracket = source.firstIndex(of: UInt8(ascii: "<"), in: index..<source.count) {
      index = bracket + 1
      let isEnd = index < source.count && source[index] == UInt8(ascii: "/")
      let nameStart = isEnd ? index + 1 : index
      guard nameStart < source.count, source[nameStart].isLetterOrDigit else { continue }
      let limit = min(source.count, nameStart + 32)
      let name = source[nameStart..<limit].prefix { $0.isLetterOrDigit }.map { $0 | 0x20 }
      index = nameStart + name.count
      nesting.take(String(decoding: name, as: UTF8.self), isEnd: isEnd)
      nesting.tags += 1
      guard nesting.work <= budget, nesting.open.count + nesting.leaked <= maximumDepth,
        nesting.tags <= tags
      else { return false }
    }
    return true
  }

  private mutating func take(_ name: String, isEnd: Bool) {
    work += 8 + open.count + leaked
    // Their end tags are left out by rule, and another start tag ends them.
    guard !Self.endless.contains(name) else { return }
    let number = Self.number(of: name)
    guard isEnd else {
      open.append(number)
      return
    }
    for index in open.indices.reversed().prefix(Self.reach) {
      if open[index] == number {
        leaked += open[(index + 1)...].count { Self.formattingNumbers.contains($0) }
        open.removeSubrange(index...)
        return
      }
      if Self.boundaryNumbers.contains(open[index]) { return }
    }
    if leaked > 0, Self.formattingNumbers.contains(number) { leaked -= 1 }
  }

  /// A number for a name; equal names have equal numbers.
  private static func number(of name: String) -> Int {
    name.utf8.reduce(name.utf8.count) { $0 &* 131 &+ Int($1) }
  }

  /// Elements without content, and those that are closed by what follows them.
  private static let endless: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr", "param", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup",
    "option", "optgroup", "html", "head", "body",
  ]

  private static let formattingNumbers = Set(
    [
      "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt",
      "u",
    ].map(number))

  /// Elements behind which an end tag does not look for its start tag.
  private static let boundaryNumbers = Set(
    ["applet", "caption", "marquee", "object", "table", "template", "svg", "math"].map(number))
}
