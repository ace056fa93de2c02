// Markdown made of words that each occur once, so that a wrong place cannot look right.

import EvTestSupport

/// Writes random Markdown.
struct RandomMarkdown {
  private var random: SplitMix64

  /// The words that were written, in order.
  private(set) var words: [String] = []

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
  }

  /// Blocks of all kinds, with one kind of line ending.
  mutating func text(blocks: Int) -> String {
    let body = (0..<blocks).map { _ in block() }.joined(separator: "\n\n")
    return pick([true, false, false])
      ? body.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
      : body
  }

  private mutating func pick<Element>(_ list: [Element]) -> Element {
    list[Int.random(in: 0..<list.count, using: &random)]
  }

  /// A word that no other word is a part of.
  private mutating func word() -> String {
    let stem = pick(["word", "wörd", "锁单", "😀x", "e\u{301}t", "テスラ", "q&z", "v1.2", "½", "к"])
    let word = "\(stem)⟨\(words.count)⟩"
    words.append(word)
    return word
  }

  private mutating func span() -> String {
    switch Int.random(in: 0..<12, using: &random) {
    case 0: "**\(word())**"
    case 1: "*\(word())*"
    case 2: "`\(word())`"
    case 3: "[\(word())](http://a.b/word)"
    case 4: "**a *\(word())* \(word())**"
    case 5: "![\(word())](word.png \"word\")"
    case 6: "\(word()) &amp; &copy; \\* \(word())"
    case 7: "\(word())<b>\(word())</b>"
    case 8: "``\(word()) ` ``"
    default: word()
    }
  }

  private mutating func line() -> String {
    (0...Int.random(in: 0...4, using: &random)).map { _ in span() }.joined(separator: " ")
  }

  private mutating func lines(_ indent: String) -> String {
    let more = (0..<Int.random(in: 0...3, using: &random)).map { _ in
      pick([indent, indent, "", " ", "  "]) + line()
    }
    return ([line()] + more).joined(separator: "\n")
  }

  private mutating func block() -> String {
    switch Int.random(in: 0..<11, using: &random) {
    case 0: "# \(line()) #"
    case 1: "\(line())\n---"
    case 2: "- \(lines("  "))\n- \(lines("  "))"
    case 3: "12. \(lines("    "))\n\n    \(lines("    "))"
    case 4: "> \(lines("> "))\n>\n> > \(lines("> > "))"
    case 5: "```\n\(word())\n  \(word())\n\n\(word())\n```"
    case 6: "    \(word())\n\t\(word())"
    case 7: "| \(span()) | \(word()) |\n|---|---|\n| \(word()) | **\(word())** | \(word()) |"
    case 8: "<div>\(word())\n<p class='x'>\(word()) <i>\(word())</i></div>"
    case 9: "> - \(lines("  "))\n>   ```\n>   \(word())\n>   ```"
    default: lines("")
    }
  }
}
