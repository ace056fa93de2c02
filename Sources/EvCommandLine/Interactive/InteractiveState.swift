// What is typed, found and chosen in an interactive search; no terminal in it.

import EvSearch
import EvTerminal

/// An interactive search between two keys.
struct InteractiveState {
  /// What is typed, and where the cursor is in it.
  private(set) var text: [Character] = []
  private(set) var cursor = 0
  /// What was found for it; nil in front of the first search.
  private(set) var answer: Answer?
  /// What went wrong with the last search.
  private(set) var problem: String?
  /// Which hit is chosen, from 0.
  private(set) var selection = 0

  /// What a key asks for besides a change of the state.
  enum Request: Equatable {
    case draw
    case search
    case open
    case suspend
    case leave
  }

  init(text: String = "") {
    self.text = Array(text)
    cursor = self.text.count
  }

  /// The query.
  var query: String { String(text) }

  /// The hits, best first.
  var hits: [SearchHit] { answer?.results.hits ?? [] }

  /// The hit that is chosen.
  var selected: SearchHit? { hits.indices.contains(selection) ? hits[selection] : nil }

  /// Takes what was found.
  mutating func show(_ answer: Answer?, problem: String? = nil) {
    self.answer = answer
    self.problem = problem
    selection = 0
  }

  /// Says what went wrong with the hit that is chosen.
  mutating func show(problem: String) { self.problem = problem }

  /// Does what a key says.
  mutating func press(_ key: FullScreen.Key, page: Int) -> Request {
    switch key {
    case .escape, .closed, .control("c"), .control("g"): return .leave
    case .control("d") where text.isEmpty: return .leave
    case .control("z"): return .suspend
    case .enter: return selected == nil ? .draw : .open
    case .up, .control("p"): return select(selection - 1)
    case .down, .control("n"), .tab: return select(selection + 1)
    case .pageUp: return select(selection - page)
    case .pageDown: return select(selection + page)
    case .left, .control("b"): return move(to: cursor - 1)
    case .right, .control("f"): return move(to: cursor + 1)
    case .home, .control("a"): return move(to: 0)
    case .end, .control("e"): return move(to: text.count)
    case .text(let typed): return insert(typed)
    case .backspace, .control("h"): return remove(max(0, cursor - 1)..<cursor)
    case .delete, .control("d"): return remove(cursor..<min(text.count, cursor + 1))
    case .control("u"): return remove(0..<cursor)
    case .control("k"): return remove(cursor..<text.count)
    case .control("w"):
      var start = cursor
      while start > 0, text[start - 1].isWhitespace { start -= 1 }
      while start > 0, !text[start - 1].isWhitespace { start -= 1 }
      return remove(start..<cursor)
    case .control, .resized: return .draw
    }
  }

  private mutating func select(_ index: Int) -> Request {
    selection = max(0, min(index, hits.count - 1))
    return .draw
  }

  private mutating func move(to place: Int) -> Request {
    cursor = max(0, min(place, text.count))
    return .draw
  }

  private mutating func insert(_ typed: String) -> Request {
    guard !typed.isEmpty else { return .draw }
    text.insert(contentsOf: typed, at: cursor)
    cursor += typed.count
    return .search
  }

  private mutating func remove(_ range: Range<Int>) -> Request {
    guard !range.isEmpty else { return .draw }
    text.removeSubrange(range)
    cursor = range.lowerBound
    return .search
  }
}
