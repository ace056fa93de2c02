// The language of queries, read as a session reads it.

import EvIndex
import EvQuery
import EvTestSupport

/// Reads queries with a small index.
enum QueryReading {
  /// What is wrong with how a text is read, or nil.
  ///
  /// What is searched is printed so that it reads back as the same query, whatever was typed; but for
  /// what is so long that repeated words are left out.
  static func problem(with input: [UInt8]) -> String? {
    // Longer than what anybody types; the lists of expanded words would make a run last for days.
    let text = String(decoding: input.prefix(256), as: UTF8.self)
    guard let snapshot else { return "there is no index to read queries with" }
    do throws(IndexError) {
      var parser = try QueryParser(snapshot)
      let parsed = try parser.parse(text)
      let words = text.split { $0.isWhitespace || "()".contains($0) }
      guard words.count < longestReadBack else { return nil }
      let again = try parser.parse(parsed.readAs)
      guard again.query == parsed.query, again.readAs == parsed.readAs else {
        return "reads as \(parsed.readAs.debugDescription), which reads as another query"
      }
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// From this many words on, the parser leaves out repeated ones.
  private static let longestReadBack = 64

  /// An index with a few words, which stays readable when its folder is gone.
  private static let snapshot: IndexSnapshot? = {
    let texts = [
      "The lock-in rate of the FF91 rose to 35%.", "Locks, rates; 800 V and 600 km in C++.",
      "锁单率达到35%，比亚迪。", "バッテリー容量は78kWh。", "Škoda café.",
    ]
    // Without an index every input is a finding, so that nobody misses what went wrong here.
    return try? TestIndex(
      texts.enumerated().map { Document(path: "\($0.offset).txt", text: $0.element) }
    ).snapshot()
  }()
}
