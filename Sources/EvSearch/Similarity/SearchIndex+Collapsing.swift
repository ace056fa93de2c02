internal import EvIndex
internal import EvQuery

/// A hit, and those behind it whose texts are nearly the same.
struct CollapsedHit {
  var hit: Hit
  /// The hit's place among all.
  var place: Int
  /// The document of the hit.
  var document: StoredDocument
  /// The paths of the documents that it stands for, best first.
  var similar: [String] = []
}

extension SearchIndex {
  /// From how much resemblance on two documents count as nearly the same.
  private static let resemblance = 0.75

  /// How many of the best hits are compared; those behind are shown one by one.
  private static let comparedHits = 200

  /// A page of hits, of near-identical ones only the best.
  ///
  /// Each hit is compared with those that come before it, from the first page on, so that pages follow
  /// each other. Hits are looked at until the page is full.
  func collapsed(
    _ hits: [Hit], offset: Int, limit: Int, collapses: Bool
  ) throws(IndexError) -> [CollapsedHit] {
    let end = offset.addingReportingOverflow(limit).overflow ? Int.max : offset + limit
    guard collapses else {
      var shown: [CollapsedHit] = []
      for (place, hit) in hits.enumerated().dropFirst(offset).prefix(limit) {
        shown.append(try shownHit(hit, place))
      }
      return shown
    }
    var shown: [CollapsedHit] = []
    var sketches: [TextSketch?] = []
    for (place, hit) in hits.enumerated() where shown.count < end {
      let sketch = place < Self.comparedHits ? try self.sketch(of: hit) : nil
      let twin = sketch.flatMap { sketch in
        sketches.firstIndex { $0.map { $0.resemblance(to: sketch) >= Self.resemblance } ?? false }
      }
      if let twin {
        shown[twin].similar.append(try snapshot.segments[hit.segment].document(hit.document).path)
      } else {
        shown.append(try shownHit(hit, place))
        sketches.append(sketch)
      }
    }
    return Array(shown.dropFirst(offset))
  }

  private func shownHit(_ hit: Hit, _ place: Int) throws(IndexError) -> CollapsedHit {
    CollapsedHit(
      hit: hit, place: place,
      document: try snapshot.segments[hit.segment].document(hit.document))
  }

  private func sketch(of hit: Hit) throws(IndexError) -> TextSketch? {
    try snapshot.segments[hit.segment].text(hit.document).map { TextSketch($0.bytes) }
  }
}
