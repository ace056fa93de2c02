// How much of a text is in which script, as far as that tells its language.

/// How many words of a text are in each script.
struct ScriptCounts {
  /// The scripts that tell a language, or a group of languages.
  enum Script: Int, CaseIterable {
    case latin, greek, cyrillic, armenian, hebrew, arabic, devanagari, bengali, gurmukhi, gujarati
    case odia, tamil, telugu, kannada, malayalam, sinhala, thai, lao, tibetan, myanmar, georgian
    case hangul, ethiopic, khmer, kana, han
  }

  private var counts = [Int](repeating: 0, count: Script.allCases.count)

  /// Counts a word by its first scalar.
  mutating func add(_ first: UInt32) {
    if let script = Self.script(of: first) { counts[script.rawValue] += 1 }
  }

  /// The script of most words, or nil where there are none; the first one of equals.
  var most: Script? {
    var best: Script?
    for script in Script.allCases
    where counts[script.rawValue] > best.map({ counts[$0.rawValue] }) ?? 0 {
      best = script
    }
    // Japanese words are Chinese characters, with Kana between them.
    if best == .han, 20 * counts[Script.kana.rawValue] >= counts[Script.han.rawValue] {
      return .kana
    }
    return best
  }

  /// The language that is written in a script; nil where there are several.
  func language(of script: Script) -> String? {
    switch script {
    case .latin, .cyrillic, .arabic, .devanagari, .hebrew: nil
    case .greek: "el"
    case .armenian: "hy"
    case .bengali: "bn"
    case .gurmukhi: "pa"
    case .gujarati: "gu"
    case .odia: "or"
    case .tamil: "ta"
    case .telugu: "te"
    case .kannada: "kn"
    case .malayalam: "ml"
    case .sinhala: "si"
    case .thai: "th"
    case .lao: "lo"
    case .tibetan: "bo"
    case .myanmar: "my"
    case .georgian: "ka"
    case .hangul: "ko"
    case .ethiopic: "am"
    case .khmer: "km"
    case .kana: "ja"
    case .han: "zh"
    }
  }

  /// The script of a letter, as the blocks of Unicode have it.
  @inline(always)
  static func script(of scalar: UInt32) -> Script? {
    scalar < 0x250 ? .latin : scriptBeyondLatin(scalar)
  }

  private static func scriptBeyondLatin(_ scalar: UInt32) -> Script? {
    switch scalar {
    case 0x250...0x2AF, 0x1E00...0x1EFF: .latin
    case 0x370...0x3FF, 0x1F00...0x1FFF: .greek
    case 0x400...0x52F: .cyrillic
    case 0x530...0x58F: .armenian
    case 0x590...0x5FF: .hebrew
    case 0x600...0x6FF, 0x750...0x77F: .arabic
    case 0x900...0x97F: .devanagari
    case 0x980...0x9FF: .bengali
    case 0xA00...0xA7F: .gurmukhi
    case 0xA80...0xAFF: .gujarati
    case 0xB00...0xB7F: .odia
    case 0xB80...0xBFF: .tamil
    case 0xC00...0xC7F: .telugu
    case 0xC80...0xCFF: .kannada
    case 0xD00...0xD7F: .malayalam
    case 0xD80...0xDFF: .sinhala
    case 0xE00...0xE7F: .thai
    case 0xE80...0xEFF: .lao
    case 0xF00...0xFFF: .tibetan
    case 0x1000...0x109F: .myanmar
    case 0x10A0...0x10FF: .georgian
    case 0x1100...0x11FF, 0x3130...0x318F, 0xAC00...0xD7A3: .hangul
    case 0x1200...0x139F: .ethiopic
    case 0x1780...0x17FF: .khmer
    case 0x3040...0x30FF: .kana
    case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0x20000...0x3FFFF: .han
    default: nil
    }
  }
}
