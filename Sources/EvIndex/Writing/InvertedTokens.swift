/// All postings of one term of a segment.
struct PostingsList {
  /// The documents, ascending.
  var documents: [UInt32] = []
  /// Occurrences in each.
  var frequencies: [UInt32] = []
  /// Positions as differences: in each document the first from 0, the others from the one before.
  var differences: [UInt32] = []

  /// Forgets the postings and keeps the memory.
  mutating func removeAll() {
    documents.removeAll(keepingCapacity: true)
    frequencies.removeAll(keepingCapacity: true)
    differences.removeAll(keepingCapacity: true)
  }
}

/// The tokens of a segment by term: a counting sort of the streams.
///
/// Two passes over the tokens: one counts the tokens of each term, one puts each token's document and
/// position where its term's are. As documents and positions ascend in the streams, so they do in
/// each term.
struct InvertedTokens {
  /// Where the tokens of each term begin, and at the end where the last end.
  private var starts: [Int]
  private var documents: [UInt32]
  private var positions: [UInt32]

  /// Sorts streams.
  ///
  /// - Parameters:
  ///   - streams: Words of ``AnalyzedBatch/stream``, with numbers of the segment's terms.
  ///   - tokenCounts: How many words each document has.
  init(streams: [[UInt32]], tokenCounts: [Int], termCount: Int, tokenCount: Int) {
    var ends = [Int](repeating: 0, count: termCount + 1)
    for stream in streams {
      for word in stream { ends[Int(word >> 1) + 1] += 1 }
    }
    for term in 0..<termCount { ends[term + 1] += ends[term] }
    starts = ends

    // From here on `ends[t]` is where the next token of `t` goes.
    documents = [UInt32](repeating: 0, count: tokenCount)
    positions = [UInt32](repeating: 0, count: tokenCount)
    var document = 0
    var left = tokenCounts.first ?? 0
    var position = UInt32.max
    for stream in streams {
      for word in stream {
        while left == 0 {
          document += 1
          left = tokenCounts[document]
          position = .max
        }
        left -= 1
        if word & 1 == 0 { position = position &+ 1 }
        let term = Int(word >> 1)
        documents[ends[term]] = UInt32(truncatingIfNeeded: document)
        positions[ends[term]] = position
        ends[term] += 1
      }
    }
  }

  /// Replaces `list` by the postings of a term.
  func read(_ term: Int, into list: inout PostingsList) {
    list.removeAll()
    var previous = UInt32.max
    var position: UInt32 = 0
    for index in starts[term]..<starts[term + 1] {
      if documents[index] != previous || list.documents.isEmpty {
        previous = documents[index]
        list.documents.append(previous)
        list.frequencies.append(0)
        position = 0
      }
      list.frequencies[list.frequencies.count - 1] += 1
      list.differences.append(positions[index] &- position)
      position = positions[index]
    }
  }
}
