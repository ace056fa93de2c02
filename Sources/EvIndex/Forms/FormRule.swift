internal import EvAnalysis
internal import Synchronization

/// A rule by which terms are forms of one word: those that it maps to the same base.
enum FormRule: Sendable {
  /// The base is the stem in a language.
  case stem(Stemmer)

  /// The base is the term without the marks on its letters.
  case marks

  /// The code of ``marks``; those of languages have two or three letters.
  static let marksCode = "marks"

  /// Opens a rule.
  ///
  /// - Parameter code: ``marksCode``, or the code of a language; nil where there is no stemmer for it.
  init?(code: String) {
    if code == Self.marksCode {
      self = .marks
    } else if let stemmer = Stemmers.stemmer(of: code) {
      self = .stem(stemmer)
    } else {
      return nil
    }
  }

  /// By what the rule is known in a file.
  var code: String {
    switch self {
    case .stem(let stemmer): stemmer.language
    case .marks: Self.marksCode
    }
  }

  /// The base of a term of the standard analysis.
  func base(of term: [UInt8]) -> [UInt8] {
    switch self {
    case .stem(let stemmer): stemmer.stem(term)
    case .marks: Diacritics.removed(from: term)
    }
  }
}

/// The stemmers, each opened once.
private enum Stemmers {
  private static let opened = Mutex<[String: Stemmer]>([:])

  /// The stemmer of a language; nil where there is none.
  static func stemmer(of language: String) -> Stemmer? {
    opened.withLock { opened in
      if let stemmer = opened[language] { return stemmer }
      guard let stemmer = Stemmer(language: language) else { return nil }
      opened[language] = stemmer
      return stemmer
    }
  }
}
