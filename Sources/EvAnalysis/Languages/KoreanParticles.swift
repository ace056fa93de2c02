// Korean nouns and the particles that are written on to them.

/// The forms of a Korean word: without a particle, and with each of the others.
///
/// A particle says what a noun does in its sentence, `전기차를` (the electric car, which something is done to)
/// beside `전기차가` (which does something), and no space parts them. Snowball has no rules for Korean.
public enum KoreanParticles {
  /// What a term may also stand as, the word without particle first; none of what is not Hangul, or of
  /// a single syllable.
  ///
  /// Whatever ends like a particle is taken to have one, as long as two syllables are left: of shorter
  /// ones, most only look so.
  ///
  /// - Parameter term: A term of the standard analysis.
  public static func forms(of term: String) -> [String] {
    let syllables = Array(term.unicodeScalars)
    guard (2...40).contains(syllables.count),
      syllables.allSatisfy({ Hangul.isSyllable($0.value) })
    else { return [] }
    let ending = particles.first { particle in
      let length = particle.unicodeScalars.count
      return syllables.count - length >= 2
        && syllables.suffix(length).elementsEqual(particle.unicodeScalars)
    }
    var forms: [String] = []
    if let ending {
      let base = String(term.unicodeScalars.dropLast(ending.unicodeScalars.count))
      forms = [base] + particles.map { base + $0 }
    }
    forms += particles.map { term + $0 }
    return forms.filter { $0 != term }
  }

  /// Case markers, those that add a meaning, the copula on a noun, and the plural; the longer ones first,
  /// so that `에서는` is not taken for `는`.
  private static let particles: [String] = [
    "으로서", "으로는", "에서는", "이라고", "이라는",
    "에서", "에게", "에는", "에도", "으로", "로서", "로는", "까지", "부터", "보다", "처럼", "이나", "이며",
    "이고", "이란", "이다", "라는", "라고", "께서", "한테", "하고", "마다", "조차", "밖에", "대로",
    "들은", "들이", "들을", "들의",
    "은", "는", "이", "가", "을", "를", "의", "에", "로", "와", "과", "도", "만", "나", "며", "란", "인", "들",
  ]
}
