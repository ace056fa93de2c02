internal import EvAnalysis
internal import EvBytes

/// What is known of documents besides their text, and can be searched by.
public enum Field: UInt8, CaseIterable, Sendable {
  /// The language: that of the metadata, else the one that was detected; `en-us` is also `en`.
  case language = 0x6C
  /// Who published it.
  case source = 0x73
  /// A keyword.
  case tag = 0x74
  /// The document's file, and each folder that it is in.
  case path = 0x70

  /// The field's name in queries and dumps.
  public var name: String {
    switch self {
    case .language: "lang"
    case .source: "source"
    case .tag: "tag"
    case .path: "path"
    }
  }

  /// The field of this name; nil where there is none.
  public init?(name: String) {
    guard let field = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = field
  }
}

/// The terms of fields: in the same dictionary as the words, and told from them by their first byte.
///
///     bytes  contents
///     1      01, which no word begins with
///     1      the field's letter: l, s, t or p
///     …      the value, 253 bytes at most; of a longer one the first 236 bytes or fewer, 00, and
///            sixteen hexadecimal digits of its XXH3
///
/// A document has one posting of each, with the frequency 1 and the position 0; they count in no length
/// and in no number of tokens.
public enum FieldTerm {
  /// The first byte of each.
  package static let mark: UInt8 = 0x01

  private static let longestValue = 253

  /// The term of a value, which is folded first unless it is a path.
  ///
  /// - Returns: Nil for a value of nothing but white space.
  public static func term(_ field: Field, _ value: String) -> String? {
    guard let value = normalized(field, value) else { return nil }
    return prefix(field) + shortened(value)
  }

  /// What all terms begin with whose value begins with `value`, which is folded as in
  /// ``term(_:_:)``.
  public static func prefix(_ field: Field, _ value: String = "") -> String {
    let head = String(decoding: [mark, field.rawValue], as: UTF8.self)
    return head + (normalized(field, value) ?? "")
  }

  /// The field and the value of a term; nil for one that is a word.
  public static func read(_ term: some Collection<UInt8>) -> (field: Field, value: String)? {
    var bytes = term.makeIterator()
    guard bytes.next() == mark, let letter = bytes.next(), let field = Field(rawValue: letter)
    else { return nil }
    return (field, String(decoding: term.dropFirst(2), as: UTF8.self))
  }

  /// A value as it is kept: paths as they are, others folded and without white space around them.
  package static func normalized(_ field: Field, _ value: String) -> String? {
    if field == .path { return value.isEmpty ? nil : value }
    let words = Folding.fold(value).split(whereSeparator: \.isWhitespace)
    guard !words.isEmpty else { return nil }
    return words.joined(separator: " ")
  }

  private static func shortened(_ value: String) -> String {
    guard value.utf8.count > longestValue else { return value }
    var end = value.utf8.index(value.startIndex, offsetBy: longestValue - 17)
    while end.samePosition(in: value.unicodeScalars) == nil {
      end = value.utf8.index(before: end)
    }
    let hash = Checksum.of(Array(value.utf8).rawSpan)
    return String(value[..<end]) + "\0" + hexadecimal(hash)
  }
}

extension Analyzer.Kind {
  /// Whether documents have terms of fields, and dates: not where text is taken as it stands, since a
  /// word may then begin with any byte.
  package var hasFields: Bool { self == .standard }
}
