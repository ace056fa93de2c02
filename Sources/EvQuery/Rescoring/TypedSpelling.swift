// `lock-in`, `lock in` and `lockin` are one word in three spellings. The index has the joined form at the place
// of the first part where the text has a compound, so the places of both tell which spelling a text has:
//
//     lock-in    parts and joined form at one place
//     lock in    parts alone
//     lockin     joined form alone

/// How a word with several spellings was typed.
enum TypedSpelling: Equatable {
  /// As a compound: `lock-in`.
  case compound
  /// As one word that may be two: `lockin`.
  case word
  /// As two words, this one and the next: `lock in`.
  case pair
  /// As the second of two words, of which the first says it all.
  case second

  /// What a form of a word says of its spelling.
  enum Role {
    /// Nothing.
    case none
    /// The form that was typed.
    case typed
    /// A form that, where the typed one begins too, makes the compound of it.
    case other
  }

  /// Where a word begins in a document, in the order of the positions.
  struct Starts {
    var typed: [UInt32] = []
    var other: [UInt32] = []

    mutating func removeAll() {
      typed.removeAll(keepingCapacity: true)
      other.removeAll(keepingCapacity: true)
    }

    mutating func add(_ spans: ArraySlice<OccurrenceSpan>, _ role: Role) {
      switch role {
      case .none: break
      case .typed: for span in spans { typed.append(span.start) }
      case .other: for span in spans { other.append(span.start) }
      }
    }
  }

  /// Whether a document has the word in another spelling only.
  ///
  /// Parts that stand apart are no other spelling: what is side by side counts elsewhere.
  ///
  /// - Parameter next: Where the next word begins.
  func isOther(_ starts: Starts, next: [UInt32]) -> Bool {
    let others = Set(starts.other)
    switch self {
    case .compound: return !starts.typed.contains(where: others.contains)
    case .word: return !others.isEmpty && starts.typed.allSatisfy(others.contains)
    case .pair:
      guard !others.isEmpty else { return false }
      let next = Set(next)
      return !starts.typed.contains { start in
        // Positions are whatever the file says.
        !others.contains(start) && start < .max && next.contains(start + 1)
      }
    case .second: return true
    }
  }

  /// How a word was typed; nil where it has one spelling.
  ///
  /// - Parameters:
  ///   - previous: How the word in front of it was typed.
  ///   - next: The next word of the query.
  init?(_ word: Query, after previous: TypedSpelling?, next: Query?) {
    guard case .variants(let forms) = word, let typed = forms.first, typed.kind == .exact else {
      return nil
    }
    let spellings = forms.filter { $0.kind == .variant }
    if case .phrase(let phrase) = typed.query {
      let joined = Query.term(phrase.terms.joined())
      guard spellings.contains(where: { $0.query == joined }) else { return nil }
      self = .compound
    } else if previous == .pair {
      self = .second
    } else if case .variants(let followers)? = next,
      spellings.contains(where: { $0.isOtherWord && followers.contains($0) })
    {
      self = .pair
    } else if spellings.contains(where: { Self.word.role(of: $0) == .other }) {
      self = .word
    } else {
      return nil
    }
  }

  /// What a form of the word says of its spelling.
  func role(of form: Variant) -> Role {
    switch (form.kind, form.query) {
    case (.exact, _): .typed
    case (.variant, .term): self == .word ? .none : .other
    case (.variant, .phrase): self == .word ? .other : .none
    default: .none
    }
  }
}
