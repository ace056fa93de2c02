import ArgumentParser
import EvQuery
import Foundation

/// A query of a file of queries.
struct BenchQuery {
  /// What sort of query it is.
  enum Kind: String {
    case term, intersection, union, phrase
  }

  let kind: Kind

  /// Its words, as the index has them.
  let terms: [String]

  /// The queries of a file of JSON lines, `{"kind", "terms"}` each.
  static func read(_ path: String) throws -> [BenchQuery] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { line in
      guard
        let row = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
        let kind = (row["kind"] as? String).flatMap(Kind.init),
        let terms = row["terms"] as? [String], !terms.isEmpty
      else { throw ValidationError("A query is not {\"kind\", \"terms\"}: \(line)") }
      return BenchQuery(kind: kind, terms: terms)
    }
  }

  /// What the engine is asked.
  var query: Query {
    // A word that is typed twice counts twice in the other engines too.
    switch kind {
    case .term, .union: .any(terms.map(Query.term))
    case .intersection: .all(terms.map(Query.term))
    case .phrase: terms.count == 1 ? .term(terms[0]) : .phrase(Phrase(terms))
    }
  }

  /// What a person types.
  var text: String {
    let words = terms.joined(separator: " ")
    return kind == .phrase ? "\"\(words)\"" : words
  }
}
