// ICU's break iterators.

import CICU

/// One of ICU's break iterators; for one thread at a time.
@safe
final class BreakIterator {
  private let breaker: OpaquePointer

  /// Opens the word iterator of the root locale.
  static func words() throws(AnalysisError) -> BreakIterator {
    var code: Int32 = 0
    // Safe: the code is stored in a variable of ours; the result is owned by the iterator made here.
    let breaker = unsafe cicu_words_open(&code)
    return try unsafe BreakIterator(breaker, code, operation: "open its word iterator")
  }

  /// Opens the sentence iterator of a locale.
  static func sentences(locale: String) throws(AnalysisError) -> BreakIterator {
    var code: Int32 = 0
    // Safe: as above; the locale's name is copied.
    let breaker = unsafe cicu_sentences_open(locale, &code)
    return try unsafe BreakIterator(breaker, code, operation: "open its sentence iterator")
  }

  private init(
    _ breaker: OpaquePointer?, _ code: Int32, operation: String
  ) throws(AnalysisError) {
    guard let breaker = unsafe breaker, code <= 0 else {
      throw .icu(operation: operation, code: code)
    }
    unsafe self.breaker = unsafe breaker
  }

  deinit {
    // Safe: nobody else has the pointer.
    unsafe cicu_breaker_close(breaker)
  }

  /// Replaces `ends` by the places where the pieces of a text end, in code units, in order.
  func findEnds(of text: [UInt16], into ends: inout [Int32]) throws(AnalysisError) {
    ends.removeAll(keepingCapacity: true)
    guard !text.isEmpty else { return }
    var code: Int32 = 0
    ends.append(addingCapacity: text.count) { output in
      unsafe output.withUnsafeMutableBufferPointer { buffer, initializedCount in
        // Safe: no more is stored than the capacity, and a text has no more pieces than code units.
        let count = unsafe cicu_breaker_ends(
          breaker, text, Int32(text.count), buffer.baseAddress, Int32(text.count), &code)
        initializedCount = Int(min(count, Int32(text.count)))
      }
    }
    guard code <= 0 else { throw .icu(operation: "find the words of a text", code: code) }
  }
}
