internal import EvBytes
public import EvIndex

/// What matches are counted by.
public enum Facet: String, CaseIterable, Sendable {
  /// Who published them.
  case source
  /// Their keywords.
  case tag
  /// Their languages.
  case lang
  /// The months of their dates.
  case month
}

/// How many of the matches have each value of a facet.
public struct FacetCounts: Equatable, Sendable {
  /// A value, and how many matches have it.
  public struct Value: Equatable, Sendable {
    /// The value, as the first match that has it writes it; a month as `2024-05`.
    public var name: String
    /// Matches; a document counts once.
    public var count: Int

    /// Creates a value.
    public init(name: String, count: Int) {
      self.name = name
      self.count = count
    }
  }

  /// What is counted by.
  public var facet: Facet

  /// The values, the most frequent first, of equally frequent ones in the order of their folded names;
  /// months, the latest first.
  public var values: [Value]

  /// How many values there are, those that are not among ``values`` included.
  public var valueCount: Int

  /// Matches that have no value.
  public var missing: Int

  /// Creates counts.
  public init(facet: Facet, values: [Value], valueCount: Int, missing: Int) {
    self.facet = facet
    self.values = values
    self.valueCount = valueCount
    self.missing = missing
  }
}

extension Searcher {
  /// Counts matches by a facet, exactly.
  ///
  /// - Parameter limit: The most values that are wanted.
  /// - Complexity: Linear in the matches and in the postings of the facet's values.
  public func counts(
    of facet: Facet, _ matches: Matches, limit: Int = 20
  ) throws(IndexError) -> FacetCounts {
    switch facet {
    case .month: months(matches, limit)
    case .source: try values(of: .source, facet, matches, limit)
    case .tag: try values(of: .tag, facet, matches, limit)
    case .lang: try values(of: .language, facet, matches, limit)
    }
  }

  private func months(_ matches: Matches, _ limit: Int) -> FacetCounts {
    var counts: [Int: Int] = [:]
    var missing = 0
    for (segment, set) in zip(snapshot.segments, matches.segments) {
      set.forEach { document in
        let day = segment.dates?.day(of: document) ?? DateColumn.unknown
        guard let (year, month, _) = CalendarDate(day: Int(day))?.components else {
          missing += 1
          return
        }
        counts[12 * year + month - 1, default: 0] += 1
      }
    }
    let values = counts.sorted { $0.key > $1.key }.prefix(max(0, limit)).map { month, count in
      let first = CalendarDate(year: month / 12, month: month % 12 + 1, day: 1)
      return FacetCounts.Value(name: String("\(first?.description ?? "")".prefix(7)), count: count)
    }
    return FacetCounts(
      facet: .month, values: values, valueCount: counts.count, missing: missing)
  }

  /// A value under way: how many matches have it, and which is the first.
  private struct Tally {
    var count = 0
    var first: (segment: Int, document: UInt32)
  }

  private func values(
    of field: Field, _ facet: Facet, _ matches: Matches, _ limit: Int
  ) throws(IndexError) -> FacetCounts {
    var tallies: [String: Tally] = [:]
    var missing = 0
    let prefix = Array(FieldTerm.prefix(field).utf8)
    for (number, segment) in snapshot.segments.enumerated() {
      var rest = matches.segments[number]
      var cursor = try TermCursor(segment.terms, seeking: prefix.rawSpan)
      while try cursor.next(), cursor.term.starts(with: prefix), segment.isField(cursor.term) {
        let value = String(decoding: cursor.term.dropFirst(prefix.count), as: UTF8.self)
        // Forms of a language are counted as the language, which is a term too.
        if field == .language, value.contains("-") { continue }
        var having = DocumentSet(documentCount: segment.info.documentCount)
        try having.insert(cursor.info, of: segment)
        having.formIntersection(matches.segments[number])
        guard let first = having.first(from: 0) else { continue }
        rest.subtract(having)
        tallies[value, default: Tally(first: (number, first))].count += having.count
      }
      missing += rest.count
    }
    let sorted = tallies.sorted { left, right in
      if left.value.count != right.value.count { return left.value.count > right.value.count }
      return left.key.utf8.lexicographicallyPrecedes(right.key.utf8)
    }
    var values: [FacetCounts.Value] = []
    for (value, tally) in sorted.prefix(max(0, limit)) {
      values.append(
        FacetCounts.Value(name: try name(of: value, field, tally.first), count: tally.count))
    }
    return FacetCounts(facet: facet, values: values, valueCount: tallies.count, missing: missing)
  }

  /// A value as a document writes it.
  private func name(
    of value: String, _ field: Field, _ place: (segment: Int, document: UInt32)
  ) throws(IndexError) -> String {
    guard field != .language else { return value }
    let metadata = try snapshot.segments[place.segment].document(place.document).metadata
    let written = field == .source ? [metadata.source].compactMap { $0 } : metadata.tags
    let term = FieldTerm.prefix(field) + value
    return written.first { FieldTerm.term(field, $0) == term } ?? value
  }
}
