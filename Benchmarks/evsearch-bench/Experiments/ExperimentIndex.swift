import ArgumentParser
import EvBytes
import EvIndex
import EvQuery

/// The one segment of an index, as experiments read it: whole lists in memory.
final class ExperimentIndex {
  let snapshot: IndexSnapshot
  let segment: SegmentReader
  private let impacts: ImpactModel
  private let searcher: Searcher

  init(_ folder: String) throws {
    snapshot = try IndexSnapshot(path: folder)
    guard snapshot.segments.count == 1 else {
      throw ValidationError("The index has \(snapshot.segments.count) segments; one is needed.")
    }
    segment = snapshot.segments[0]
    searcher = Searcher(snapshot)
    impacts = ImpactModel(
      .plain,
      averageLength: Float(
        Double(snapshot.totalLength) / Double(max(1, snapshot.nonEmptyDocumentCount))))
  }

  /// A term's list.
  struct List {
    var info: TermInfo
    var documents: [UInt32] = []
    var frequencies: [UInt32] = []
    /// What each posting adds to a score.
    var scores: [Float] = []
    /// The term's idf, times how often the query has it.
    var weight: Float = 0
    /// The highest score.
    var highest: Float = 0
  }

  /// The list of a term; nil where no document has it.
  func list(_ term: String, multiplicity: Int = 1, scored: Bool = true) throws -> List? {
    guard let info = try segment.terms.find(term) else { return nil }
    var list = List(info: info)
    list.weight = Float(multiplicity) * idf(info)
    var cursor = PostingsCursor(segment.postings, info)
    let norms = segment.norms
    let codes = norms.section(0)
    while try cursor.next() != PostingsCursor.end {
      let frequency = try cursor.frequency()
      list.documents.append(cursor.document)
      list.frequencies.append(frequency)
      guard scored, let code = codes.load(UInt8.self, at: Int(cursor.document)) else { continue }
      list.scores.append(list.weight * impacts.impact(FieldFrequency(count: frequency), norm: code))
    }
    list.highest = list.scores.max() ?? 0
    return list
  }

  /// How much a term says.
  func idf(_ info: TermInfo) -> Float {
    BM25.idf(
      documentCount: snapshot.nonEmptyDocumentCount, documentFrequency: info.documentFrequency)
  }

  /// The lists of a query, each term once; nil where one is missing that is needed.
  func lists(_ query: BenchQuery) throws -> [List]? {
    var lists: [List] = []
    for term in Set(query.terms).sorted() {
      let multiplicity = query.terms.count { $0 == term }
      if let list = try list(term, multiplicity: multiplicity) {
        lists.append(list)
      } else if query.kind == .intersection || query.kind == .phrase {
        return nil
      }
    }
    return lists.isEmpty ? nil : lists
  }

  /// The score of the k-th best document, a little lowered against rounding; 0 where there are fewer.
  func finalThreshold(_ query: BenchQuery, k: Int) throws -> Float {
    let hits = try searcher.search(query.query, limit: k, counts: false).hits
    return hits.count == k ? hits[k - 1].score * (1 - 4e-6) : 0
  }
}

extension BenchQuery.Kind {
  /// The kinds, in the order of the tables.
  static let all: [BenchQuery.Kind] = [.term, .intersection, .union, .phrase]
}

/// A number with so many digits behind the point.
func decimal(_ value: Double, _ places: Int = 2) -> String {
  guard value.isFinite else { return "-" }
  var scale = 1.0
  for _ in 0..<places { scale *= 10 }
  let digits = String(Int((abs(value) * scale).rounded()))
  let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
  let sign = value < 0 ? "-" : ""
  guard places > 0 else { return sign + padded }
  return sign + padded.dropLast(places) + "." + padded.suffix(places)
}

/// A row of a table in Markdown.
func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
