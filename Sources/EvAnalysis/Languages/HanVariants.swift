// Simplified and traditional Chinese characters.

import CICU
import Synchronization

/// The other ways to write a text in Chinese characters.
public enum HanVariants {
  /// The text in simplified characters and in traditional ones, as far as these differ from it.
  ///
  /// - Parameter text: What was typed; one that is longer than 200 UTF-16 units has no variants.
  /// - Returns: At most two texts; none where ICU lacks the tables.
  public static func others(of text: String) -> [String] {
    guard text.unicodeScalars.contains(where: { ScriptCounts.script(of: $0.value) == .han }) else {
      return []
    }
    return converters.withLock { converters in
      var others: [String] = []
      for converter in converters.all {
        guard let other = converter.convert(text), other != text, !others.contains(other) else {
          continue
        }
        others.append(other)
      }
      return others
    }
  }

  private static let converters = Mutex(Converters())

  /// Opened when the first text needs them: each reads a table of some thousand rules.
  private struct Converters {
    lazy var all: [HanConverter] = ["Traditional-Simplified", "Simplified-Traditional"].compactMap {
      HanConverter($0)
    }
  }
}

/// One of ICU's transliterators; open as long as the process.
@safe
private final class HanConverter: @unchecked Sendable {
  private static let longest = 200

  private let transliterator: OpaquePointer

  init?(_ name: String) {
    var code: Int32 = 0
    // Safe: the name is read during the call; the result is owned by the object made here.
    guard let opened = unsafe cicu_transliterator_open(name, &code), code <= 0 else { return nil }
    unsafe transliterator = unsafe opened
  }

  deinit {
    // Safe: nobody else has the pointer.
    unsafe cicu_transliterator_close(transliterator)
  }

  func convert(_ text: String) -> String? {
    var units = Array(text.utf16)
    let count = units.count
    guard count <= Self.longest else { return nil }
    let capacity = 3 * Self.longest
    units.append(contentsOf: repeatElement(0, count: capacity - count))
    var code: Int32 = 0
    // Safe: the array has room for `capacity` units, of which the first `count` are the text.
    let length = unsafe cicu_transliterate(
      transliterator, &units, Int32(truncatingIfNeeded: count), Int32(truncatingIfNeeded: capacity),
      &code)
    guard code <= 0, (0...Int32(truncatingIfNeeded: capacity)).contains(length) else { return nil }
    return String(decoding: units[..<Int(length)], as: UTF16.self)
  }
}
