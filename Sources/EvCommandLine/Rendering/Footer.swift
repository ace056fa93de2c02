// The line under the results: how many, how fast, how the query was read.

import EvQuery
import EvSearch
import EvTerminal

extension SearchResults {
  /// `2 hits in 1.3 ms  searched: lock-in AND rate`.
  ///
  /// - Parameters:
  ///   - took: The time to print; nil for none.
  ///   - skipped: Files that are not in the index, which matters where nothing was found.
  func footer(took: Duration?, skipped: Int = 0) -> StyledText {
    let about = totalIsExact ? "" : "at least "
    let all = about + Quantities.count(total, "hit")
    let first = offset + 1
    let last = offset + hits.count
    let count =
      switch hits.count {
      case 0 where total == 0: "no hits"
      case 0: "none of \(all)"
      case total: all
      case 1: "hit \(Quantities.grouped(first)) of \(about)\(Quantities.grouped(total))"
      default: "\(Quantities.grouped(first))–\(Quantities.grouped(last)) of \(all)"
      }
    let time = took.map { " in " + Quantities.time($0) } ?? ""
    var line = StyledText(count + time, .faint)
    if !readAs.isEmpty { line.append("  searched: \(Self.brief(readAs))", .faint) }
    if total == 0, skipped > 0 {
      let files = Quantities.count(skipped, "file")
      line.append("  \(files) skipped: evsearch status --skipped", .faint)
    }
    return line
  }

  /// The notes, a line each.
  var noteLines: [StyledText] {
    var lines = notes.map { StyledText(Self.brief($0)) }
    if let undated, undated > 0 {
      let count = Quantities.count(undated, "match", "matches")
      lines.append(StyledText("\(count) without a date come last"))
    }
    return lines
  }

  /// A text that may repeat what was typed, which can be very long.
  private static func brief(_ text: String) -> String {
    text.withSingleSpaces.shortened(to: 300)
  }
}

extension Suggestion {
  /// What a person is told: which words no document has, and which they have.
  var lines: [StyledText] {
    corrections.map { correction in
      var line = StyledText("No document has \"")
      line.append(correction.typed.withSingleSpaces.shortened(to: 100), .missing)
      line.append("\". Did you mean ")
      line.append(correction.meant, .match)
      line.append("? (\(Quantities.count(correction.documents, "document")))")
      return line
    }
  }
}
