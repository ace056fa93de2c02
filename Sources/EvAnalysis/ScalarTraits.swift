// What the analysis has to know of each Unicode scalar, as ICU has it.

import CICU

/// The traits of one scalar.
struct Traits {
  /// The class that the sentence rules go by.
  enum SentenceClass: UInt8 {
    case other, aTerm, sTerm, close, space, goesOn, lower, upper, letter, numeric, extend
  }

  private let bits: UInt16

  @inline(always)
  init(bits: UInt16) { self.bits = bits }

  /// The class that the sentence rules go by.
  @inline(always)
  var sentenceClass: SentenceClass {
    SentenceClass(rawValue: UInt8(truncatingIfNeeded: bits) & UInt8(CICU_SENTENCE_CLASS)) ?? .other
  }

  /// Whether it ends a sentence, if the rules do not find otherwise.
  @inline(always)
  var isTerminator: Bool { sentenceClass == .aTerm || sentenceClass == .sTerm }

  /// Whether its general category is one of the letters or numbers.
  @inline(always)
  var isLetterOrNumber: Bool { bits & UInt16(CICU_LETTER_OR_NUMBER) != 0 }

  /// Whether it makes a token, on its own or with others.
  @inline(always)
  var makesToken: Bool {
    bits & UInt16(CICU_LETTER_OR_NUMBER | CICU_EMOJI) != 0
  }

  /// Whether it has the property White_Space.
  @inline(always)
  var isWhiteSpace: Bool { bits & UInt16(CICU_WHITE_SPACE) != 0 }

  /// Whether it belongs to the scalar in front of it when words are cut.
  @inline(always)
  var extends: Bool { bits & UInt16(CICU_EXTENDS) != 0 }

  /// Whether it is a letter of a script that has no spaces between words.
  ///
  /// These are Chinese characters, Kana, Thai, Lao, Khmer and Burmese.
  @inline(always)
  var isUnspaced: Bool { bits & UInt16(CICU_UNSPACED) != 0 }

  /// Whether it is a letter of Katakana, or a mark that Kana share.
  @inline(always)
  var isKatakana: Bool { bits & UInt16(CICU_KATAKANA) != 0 }
}

/// The traits of all scalars, asked of ICU 256 at a time when the first of them is met.
///
/// All of them at once would take tens of milliseconds; a text has a handful of such pages.
struct ScalarTraits {
  /// Where in `bits` a page begins, in pages; 0 where it has not been asked for.
  private var pages: [UInt16]
  private var bits: [UInt16]

  init() {
    pages = [UInt16](repeating: 0, count: 0x110000 >> 8)
    bits = [UInt16](repeating: 0, count: 256)
  }

  /// The traits of a scalar; those of an unassigned one for a value that is none.
  @inline(always)
  subscript(scalar: UInt32) -> Traits {
    mutating get {
      let page = Int(scalar >> 8)
      guard page < pages.count else { return Traits(bits: 0) }
      if pages[page] == 0 { load(page) }
      return Traits(bits: bits[Int(pages[page]) << 8 | Int(scalar & 0xFF)])
    }
  }

  @inline(never)
  private mutating func load(_ page: Int) {
    pages[page] = UInt16(bits.count >> 8)
    bits.append(addingCapacity: 256) { output in
      // Safe: ICU's shim fills exactly the 256 elements that there is room for.
      unsafe output.withUnsafeMutableBufferPointer { buffer, initializedCount in
        unsafe cicu_traits(UInt32(page) << 8, 256, buffer.baseAddress)
        initializedCount = 256
      }
    }
  }
}
