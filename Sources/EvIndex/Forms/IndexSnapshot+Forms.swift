internal import EvAnalysis

// The forms of a word that a collection has.

/// Another form of a word.
public struct WordForm: Equatable, Sendable {
  /// The term.
  public var term: String
  /// Documents that hold it.
  public var documentFrequency: Int
}

extension IndexSnapshot {
  /// The other forms of a word that documents have, the most frequent first, of equally frequent ones
  /// in the order of their bytes: of `rates` `rate`, `rated`, `rating`.
  ///
  /// Forms are terms with the same stem in a language of the collection. Where there are several
  /// languages, a language's rules are applied to a word only if a tenth of the documents that hold the
  /// word are in it; so the German `raten` is no form of the English `rate`.
  ///
  /// - Parameters:
  ///   - word: A term of the standard analysis.
  ///   - limit: The most forms that are wanted.
  public func stemForms(of word: String, limit: Int = 16) throws(IndexError) -> [WordForm] {
    let languages = Set(segments.flatMap(\.stemLanguages)).sorted()
    var frequencies: [String: Int] = [:]
    for language in languages {
      guard let rule = FormRule(code: language) else { continue }
      if languages.count > 1 {
        guard try isWord(word, in: language) else { continue }
      }
      for (form, frequency) in try forms(of: word, by: rule) {
        if languages.count > 1 {
          guard try isWord(form, in: language) else { continue }
        }
        frequencies[form] = frequency
      }
    }
    return Self.mostFrequent(frequencies, limit)
  }

  /// The terms that are a word when their letters lose their marks, ordered as in ``stemForms(of:limit:)``:
  /// of `skoda` `škoda`.
  ///
  /// - Parameters:
  ///   - word: A term of the standard analysis; one with marks has no such forms.
  ///   - limit: The most forms that are wanted.
  public func markedForms(of word: String, limit: Int = 16) throws(IndexError) -> [WordForm] {
    Self.mostFrequent(try forms(of: word, by: .marks), limit)
  }

  /// Other terms with the base of a word, and how many documents hold each.
  private func forms(
    of word: String, by rule: FormRule
  ) throws(IndexError) -> [String: Int] {
    let base = String(decoding: rule.base(of: Array(word.utf8)), as: UTF8.self)
    var forms: [String: Int] = [:]
    for segment in segments {
      for (term, info) in try segment.forms(ofBase: base, by: rule) where term != word {
        let frequency = segment.liveDocumentFrequency(of: info)
        if frequency > 0 { forms[term, default: 0] += frequency }
      }
    }
    return forms
  }

  private static func mostFrequent(_ frequencies: [String: Int], _ limit: Int) -> [WordForm] {
    let sorted = frequencies.sorted { left, right in
      if left.value != right.value { return left.value > right.value }
      return left.key.utf8.lexicographicallyPrecedes(right.key.utf8)
    }
    return sorted.prefix(max(0, limit)).map {
      WordForm(term: $0.key, documentFrequency: $0.value)
    }
  }

  /// The postings of a segment's term that are looked at.
  private static let mostPostings = 1 << 16

  /// Whether a word is one of a language here: a tenth of the documents that hold it are in the
  /// language, or none holds it at all.
  private func isWord(_ word: String, in language: String) throws(IndexError) -> Bool {
    guard let tag = FieldTerm.term(.language, language) else { return false }
    var count = 0
    var ofLanguage = 0
    for segment in segments {
      guard let info = try segment.terms.find(word) else { continue }
      var documents = PostingsCursor(segment.postings, info)
      let languageInfo = try segment.terms.find(tag)
      var seen = 0
      guard let languageInfo else {
        count += min(info.documentFrequency, Self.mostPostings)
        continue
      }
      var others = PostingsCursor(segment.postings, languageInfo)
      while seen < Self.mostPostings, try documents.next() != PostingsCursor.end {
        seen += 1
        if segment.isDeleted(documents.document) { continue }
        count += 1
        if try others.seek(to: documents.document) == documents.document { ofLanguage += 1 }
      }
    }
    return 10 * ofLanguage >= count
  }
}
