internal import EvAnalysis

/// A run of sentences that may be shown, with what makes it worth showing.
struct Candidate {
  /// The sentences, as indices.
  var sentences: ClosedRange<Int>
  /// The matches that begin in it, as a range of the document's matches.
  var matches: Range<Int>
  var score: Float
  /// The bytes that are shown, where that is not all of the sentences.
  var bytes: Range<Int>?
}

/// Says which sentences answer best.
///
/// A candidate scores the weight of each concept that it holds, once; more for concepts that stand
/// close together, a little for repetition, less for every sentence more than one, for sentences that
/// are very long, and for headings: they are shown anyway, and say little.
struct PassageScorer {
  let concepts: [Concept]
  let sentences: [Sentence]
  let matches: [Match]
  /// Whether a sentence is a title or a heading.
  let isHeading: [Bool]

  /// All candidates, in order of their first sentence: each sentence with a match, and each two
  /// neighbours that together hold more than either.
  func candidates() -> [Candidate] {
    let groups = matchesBySentence()
    var candidates: [Candidate] = []
    for (index, group) in groups.enumerated() {
      candidates.append(candidate(group.sentence...group.sentence, group.matches))
      guard index + 1 < groups.count else { continue }
      let next = groups[index + 1]
      guard next.sentence == group.sentence + 1, !isHeading[group.sentence],
        !isHeading[next.sentence]
      else { continue }
      let both = group.matches.lowerBound..<next.matches.upperBound
      let here = concepts(in: group.matches)
      let there = concepts(in: next.matches)
      if !here.isSubset(of: there), !there.isSubset(of: here) {
        candidates.append(candidate(group.sentence...next.sentence, both))
      }
    }
    return candidates
  }

  private func concepts(in range: Range<Int>) -> Set<Int> {
    Set(matches[range].map(\.concept))
  }

  /// The matches that begin in each sentence that has any.
  private func matchesBySentence() -> [(sentence: Int, matches: Range<Int>)] {
    var groups: [(sentence: Int, matches: Range<Int>)] = []
    var sentence = 0
    for (index, match) in matches.enumerated() {
      let position = match.positions.lowerBound
      while sentence + 1 < sentences.count, sentences[sentence + 1].firstPosition <= position {
        sentence += 1
      }
      if groups.last?.sentence == sentence {
        groups[groups.count - 1].matches = groups[groups.count - 1].matches.lowerBound..<index + 1
      } else {
        groups.append((sentence, index..<index + 1))
      }
    }
    return groups
  }

  private func candidate(_ range: ClosedRange<Int>, _ found: Range<Int>) -> Candidate {
    var counts = [Int](repeating: 0, count: concepts.count)
    for match in matches[found] { counts[match.concept] += 1 }
    let weights = concepts.weights(of: matches[found])
    let present = counts.indices.filter { counts[$0] > 0 }
    var weight: Float = 0
    var repetition: Float = 0
    for concept in present {
      weight += weights[concept]
      repetition += weights[concept] * 0.1 * (1 - 1 / Float(counts[concept]))
    }
    var score = weight + repetition
    if present.count > 1 {
      let others = Float(present.count - 1)
      let length = shortestSpan(in: found, holding: present.count)
      score += weight * 0.5 * min(1, others / Float(max(1, length - 1)))
    }
    let next = range.upperBound + 1
    let end =
      next < sentences.count
      ? sentences[next].firstPosition : sentences[range.upperBound].firstPosition + 40
    let length = Float(end) - Float(sentences[range.lowerBound].firstPosition)
    score *= 1 / (1 + max(0, length - 60) / 300)
    score *= range.count > 1 ? 0.85 : 1
    if isHeading[range.lowerBound] { score *= 0.7 }
    return Candidate(sentences: range, matches: found, score: score)
  }

  /// Positions of the shortest stretch that holds `count` different concepts.
  private func shortestSpan(in found: Range<Int>, holding count: Int) -> Int {
    var best = Int.max
    var inside = [Int](repeating: 0, count: concepts.count)
    var different = 0
    var first = found.lowerBound
    for last in found {
      inside[matches[last].concept] += 1
      if inside[matches[last].concept] == 1 { different += 1 }
      while different == count {
        let end = matches[first...last].reduce(UInt32(0)) { max($0, $1.positions.upperBound) }
        best = min(best, Int(end - matches[first].positions.lowerBound) + 1)
        inside[matches[first].concept] -= 1
        if inside[matches[first].concept] == 0 { different -= 1 }
        first += 1
      }
    }
    return best
  }
}
