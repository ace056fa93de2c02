public import EvIndex

/// All documents that match a query.
public struct Matches: Sendable {
  /// How many documents there are.
  public let count: Int

  /// The documents of each segment of the snapshot.
  let segments: [DocumentSet]
}

/// In which order the hits of a query come.
public enum HitOrder: String, CaseIterable, Sendable {
  /// The best first.
  case relevance
  /// The newest first; documents whose date is not known come last.
  case date
  /// The file that was written last first; documents of which that is not known come last.
  case modified
  /// In the order of the bytes of their paths.
  case path
}

extension Searcher {
  /// All documents that match, however many, without their scores.
  public func matches(_ query: Query) throws(IndexError) -> Matches {
    // Nothing is scored, so nothing need be known of the collection.
    let none = CollectionStatistics(documentCount: 1, totalLength: 1, documentFrequencies: [:])
    let executor = OperatorExecutor(
      snapshot: snapshot, query: query, statistics: none, similarity: similarity, hidden: nil)
    var segments: [DocumentSet] = []
    for segment in snapshot.segments {
      try Interruption.check()
      let found = try executor.documents(in: segment)
      segments.append(found.set(documentCount: segment.info.documentCount))
    }
    return Matches(count: segments.reduce(0) { $0 + $1.count }, segments: segments)
  }

  /// The first `limit` matches by date, time or path, with their scores.
  ///
  /// - Parameters:
  ///   - order: Not the order by relevance, which ``search(_:limit:counts:statistics:)`` has.
  ///   - isReversed: Whether the oldest, or last, comes first. Documents whose date is not known come
  ///     last all the same.
  ///   - times: When each file was written, by its path.
  public func hits(
    _ query: Query, _ matches: Matches, by order: HitOrder, isReversed: Bool, limit: Int,
    times: [String: Int64] = [:]
  ) throws(IndexError) -> [Hit] {
    var places: [Place]
    switch order {
    case .path:
      places = try byPath(matches)
      if isReversed { places.reverse() }
    case .modified:
      let known = try paths(of: matches).map { path, place in
        (Self.time(ofDocument: path, in: times), place)
      }
      places = Self.newestFirst(known, isReversed: isReversed)
    case .date, .relevance:
      places = Self.newestFirst(days(of: matches), isReversed: isReversed)
    }
    return try scored(places.prefix(max(0, limit)), query)
  }

  /// How many matches have no date that is known.
  public func undatedCount(of matches: Matches) -> Int {
    var count = 0
    for (segment, set) in zip(snapshot.segments, matches.segments) {
      guard let dates = segment.dates else {
        count += set.count
        continue
      }
      set.forEach { if dates.day(of: $0) == DateColumn.unknown { count += 1 } }
    }
    return count
  }

  private typealias Place = (segment: Int, document: UInt32)

  private func days(of matches: Matches) -> [(Int64?, Place)] {
    var found: [(Int64?, Place)] = []
    for (number, set) in matches.segments.enumerated() {
      let dates = snapshot.segments[number].dates
      set.forEach { document in
        let day = dates?.day(of: document) ?? DateColumn.unknown
        found.append((day == DateColumn.unknown ? nil : Int64(day), (number, document)))
      }
    }
    return found
  }

  /// The time of the file that a document is of: its path, or what is in front of a `#` or `!/` in it.
  private static func time(ofDocument path: String, in times: [String: Int64]) -> Int64? {
    if let time = times[path] { return time }
    for index in path.indices where path[index] == "#" || path[index] == "!" {
      if let time = times[String(path[..<index])] { return time }
    }
    return nil
  }

  /// What has a time in the order of the times, and then what has none.
  private static func newestFirst(_ places: [(Int64?, Place)], isReversed: Bool) -> [Place] {
    var timed: [(time: Int64, place: Place)] = []
    for case (let time?, let place) in places { timed.append((time, place)) }
    timed.sort { left, right in
      if left.time != right.time { return (left.time < right.time) == isReversed }
      return (left.place.segment, left.place.document) < (right.place.segment, right.place.document)
    }
    return timed.map(\.place) + places.filter { $0.0 == nil }.map(\.1)
  }

  private func paths(of matches: Matches) throws(IndexError) -> [(path: String, place: Place)] {
    var paths: [(path: String, place: Place)] = []
    for (number, set) in matches.segments.enumerated() {
      var documents: [UInt32] = []
      set.forEach { documents.append($0) }
      let found = try snapshot.segments[number].paths(of: documents)
      for (path, document) in zip(found, documents) { paths.append((path, (number, document))) }
    }
    return paths
  }

  private func byPath(_ matches: Matches) throws(IndexError) -> [Place] {
    let paths = try paths(of: matches)
    // Of equal paths, which an index cannot have, the first would stay the first.
    let order = paths.indices.sorted { left, right in
      let (first, second) = (paths[left].path.utf8, paths[right].path.utf8)
      if first.lexicographicallyPrecedes(second) { return true }
      return !second.lexicographicallyPrecedes(first) && left < right
    }
    return order.map { paths[$0].place }
  }

  /// Scores a few documents.
  private func scored(
    _ places: ArraySlice<Place>, _ query: Query
  ) throws(IndexError) -> [Hit] {
    let statistics = try CollectionStatistics(snapshot, for: query)
    let weight = Weight(query, statistics, similarity)
    var hits = places.map { Hit(segment: $0.segment, document: $0.document, score: 0) }
    let order = hits.indices.sorted {
      (hits[$0].segment, hits[$0].document) < (hits[$1].segment, hits[$1].document)
    }
    var scorer: Scorer?
    var segment = -1
    for index in order {
      if hits[index].segment != segment {
        segment = hits[index].segment
        scorer = try weight.scorer(snapshot.segments[segment])
      }
      guard let scorer, try scorer.seek(to: hits[index].document) == hits[index].document
      else { continue }
      hits[index].score = Float(try scorer.score())
    }
    return hits
  }
}
