internal import EvAnalysis

// The forms of a word that a collection has.

/// Another form of a word.
public struct StemVariant: Equatable, Sendable {
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
  public func stemVariants(of word: String, limit: Int = 16) throws(IndexError) -> [StemVariant] {
    let languages = Set(segments.flatMap(\.stemLanguages)).sorted()
    var frequencies: [String: Int] = [:]
    for language in languages {
      guard let stemmer = Stemmers.stemmer(of: language) else { continue }
      if languages.count > 1 {
        guard try isWord(word, in: language) else { continue }
      }
      let stem = stemmer.stem(word)
      var forms: [String: Int] = [:]
      for segment in segments {
        for (term, info) in try segment.forms(ofStem: stem, language: language) {
          forms[term, default: 0] += segment.liveDocumentFrequency(of: info)
        }
      }
      for (form, frequency) in forms where form != word && frequency > 0 {
        if languages.count > 1 {
          guard try isWord(form, in: language) else { continue }
        }
        frequencies[form] = frequency
      }
    }
    let sorted = frequencies.sorted { left, right in
      if left.value != right.value { return left.value > right.value }
      return left.key.utf8.lexicographicallyPrecedes(right.key.utf8)
    }
    return sorted.prefix(max(0, limit)).map {
      StemVariant(term: $0.key, documentFrequency: $0.value)
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
