/// Decides which neighbouring segments a commit merges; it depends on their sizes only.
///
/// Sizes fall into levels, each eight times the one below. Eight neighbours of a level, with smaller
/// ones between them, become one; so a document is rewritten once a level, and an index has at most
/// seven segments a level. Only neighbours are merged, so that documents keep their order.
package struct MergePolicy: Sendable {
  /// What the policy looks at.
  struct Candidate {
    /// Bytes of the documents that are not deleted.
    var byteCount: Int
    var documentCount: Int
    var deletedCount: Int
  }

  /// How many segments of a level make one of the next; at least 2.
  package var factor = 8

  /// Bytes up to which an update merges neighbours, and deletions are always carried out: so many that
  /// it takes no longer than the rest of an update.
  package var smallBytes = 4 << 20

  /// Segments above half of this are not merged any more, unless the index is optimized.
  package var largeBytes = 5 << 30

  /// A segment of which more than this share is deleted is rewritten.
  package var deletedShare = 0.2

  /// A segment of which at least this share of the text is in files that were renamed is copied with the
  /// new names; of others the files are read again, as a copy has to look at every term.
  ///
  /// Measured with 20,000 files of 25 MB, in seconds of CPU: of all of them a copy takes 1.3 and reading
  /// 2.1, of two fifths 1.0 and 1.3, of a fifth 0.57 and 0.62.
  package var renamedShare = 0.2

  /// The usual policy.
  package init() {}

  /// The next segments to be merged into one; nil where all is well.
  ///
  /// - Parameter isUpdate: Whether an index is brought up to date, not built anew.
  func next(_ segments: [Candidate], isUpdate: Bool) -> Range<Int>? {
    (isUpdate ? smallNeighbours(segments) : nil) ?? levelled(segments) ?? withDeletions(segments)
  }

  private func smallNeighbours(_ segments: [Candidate]) -> Range<Int>? {
    for start in segments.indices {
      var sum = segments[start].byteCount
      var end = start + 1
      while end < segments.count, sum + segments[end].byteCount <= smallBytes {
        sum += segments[end].byteCount
        end += 1
      }
      if end - start > 1 { return start..<end }
    }
    return nil
  }

  private func levelled(_ segments: [Candidate]) -> Range<Int>? {
    let levels = segments.map { level($0.byteCount) }
    for level in Set(levels).sorted() where level < .max {
      var start = 0
      while start < segments.count {
        var end = start
        while end < segments.count, levels[end] <= level { end += 1 }
        if levels[start..<end].count(where: { $0 == level }) >= factor { return start..<end }
        start = end + 1
      }
    }
    return nil
  }

  private func withDeletions(_ segments: [Candidate]) -> Range<Int>? {
    for (index, segment) in segments.enumerated() where segment.deletedCount > 0 {
      let share = Double(segment.deletedCount) / Double(segment.documentCount)
      if segment.byteCount <= smallBytes || share > deletedShare {
        return index..<index + 1
      }
    }
    return nil
  }

  private func level(_ byteCount: Int) -> Int {
    guard byteCount * 2 <= largeBytes else { return .max }
    var level = 0
    var limit = max(1, smallBytes)
    while byteCount > limit {
      limit *= factor
      level += 1
    }
    return level
  }
}
