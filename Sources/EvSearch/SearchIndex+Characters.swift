internal import EvAnalysis
internal import EvPassages

// Simplified and traditional Chinese characters, which find each other.

extension SearchIndex {
  /// The text in the other kind of Chinese characters, where a hit was found by these; else nil.
  static func otherCharacters(of text: String, in hits: [SearchHit]) -> String? {
    HanVariants.others(of: text).first { other in
      hits.contains { hit in
        hit.passages.contains { passage in
          let bytes = Array(passage.text.utf8)
          return passage.highlights.contains { highlight in
            guard highlight.range.upperBound <= bytes.count else { return false }
            let lit = String(decoding: bytes[highlight.range], as: UTF8.self)
            return !lit.isEmpty && !text.contains(lit) && other.contains(lit)
          }
        }
      }
    }
  }
}
