// What Tab offers in a session: commands, what they take, fields, and words of the index.

import EvSearch
import EvTerminal

/// Completes what stands in front of the cursor.
struct ReplCompletion {
  /// The index whose words are offered.
  let indexPath: String

  /// The most words that are offered.
  private static let wordLimit = 20

  /// The fields of the query language.
  static let fields = [
    "title:", "path:", "ext:", "lang:", "source:", "tag:", "date:", "modified:",
  ]

  func complete(_ line: String) -> LineEditor.Completion {
    if line.hasPrefix("."), !line.contains(where: \.isWhitespace) {
      return offer(ReplCommand.allCases.map { "." + $0.rawValue }, for: line)
    }
    let word = String(line.reversed().prefix { !$0.isWhitespace && !"\"(".contains($0) }.reversed())
    if line.hasPrefix("."), let choices = choices(line) { return offer(choices, for: word) }
    guard !word.isEmpty else { return LineEditor.Completion() }
    let fields = Self.fields.filter { $0.hasPrefix(word) }
    // The index can be gone, or be written by another version: then there is nothing to offer.
    let words =
      (try? SearchIndex.open(at: indexPath).words(
        beginningWith: word, limit: Self.wordLimit)) ?? []
    return offer(
      fields + words.map(\.word), for: word,
      counts: Dictionary(words.map { ($0.word, $0.documents) }) { first, _ in first })
  }

  /// What can stand behind a command.
  private func choices(_ line: String) -> [String]? {
    let words = line.split(separator: " ").map(String.init)
    switch words.first.flatMap({ ReplCommand(rawValue: String($0.dropFirst())) }) {
    case .mode, .last: return OutputFormat.allCases.map(\.rawValue)
    case .timer, .pager, .explain: return ["on", "off"]
    case .sort: return HitOrderOption.allCases.map(\.rawValue)
    case .set: return ReplSetting.allCases.map(\.rawValue)
    case .help: return ReplCommand.allCases.map { "." + $0.rawValue }
    default: return nil
    }
  }

  /// Inserts what all candidates share, and lists them where that is nothing new.
  ///
  /// The comparison ignores case, and the candidates' own spelling replaces the typed one.
  private func offer(
    _ candidates: [String], for typed: String, counts: [String: Int] = [:]
  ) -> LineEditor.Completion {
    var result = LineEditor.Completion()
    let fitting = candidates.filter { Self.fits($0, typed) }
    // Words that fold to what was typed but are written in another way are listed only.
    guard let first = fitting.first else {
      result.listed = candidates.count > 1 ? list(candidates, counts) : []
      return result
    }
    if fitting.count == 1 {
      result.erased = typed.unicodeScalars.count
      result.inserted = first + (first.hasSuffix(":") ? "" : " ")
      return result
    }
    var common = Array(first)
    for other in fitting {
      common = Array(zip(common, other).prefix { $0 == $1 }.map(\.0))
    }
    if common.count > typed.count {
      result.erased = typed.unicodeScalars.count
      result.inserted = String(common)
    } else {
      result.listed = list(candidates, counts)
    }
    return result
  }

  private static func fits(_ candidate: String, _ typed: String) -> Bool {
    candidate.lowercased().hasPrefix(typed.lowercased())
  }

  /// The candidates on one line, each with its count if it has one.
  private func list(_ candidates: [String], _ counts: [String: Int]) -> [StyledText] {
    let shown = candidates.map { candidate in
      counts[candidate].map { "\(candidate) (\(Quantities.grouped($0)))" } ?? candidate
    }
    return [StyledText(shown.joined(separator: "  "))]
  }
}
