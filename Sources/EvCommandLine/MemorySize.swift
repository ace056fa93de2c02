// How much memory a command may take, as people type it.

import ArgumentParser
import EvIndex

/// An amount of memory: `256M`, `1.5G`, `262144K`, `268435456`.
///
/// A unit is 1024 of the one below, as for `ulimit` and `systemd`; `MB` and `MiB` are read as `M`.
struct MemorySize: Equatable {
  /// Bytes.
  let byteCount: Int

  /// Reads what was typed.
  ///
  /// - Throws: What is wrong with it, as a usage error.
  init(parsing text: String) throws {
    guard let value = Self.bytes(of: text) else {
      throw ValidationError("--memory takes a size such as 256M or 1G, not \"\(text)\".")
    }
    guard value >= Double(IndexConfiguration.leastMemory) else {
      let least = IndexConfiguration.leastMemory >> 20
      throw ValidationError("--memory must be at least \(least)M, not \(text).")
    }
    // More than any machine has; what is above it is no limit.
    byteCount = Int(min(value, 0x1p50))
  }

  /// The bytes of a size such as `1.5G`; nil for what is none.
  static func bytes(of text: String) -> Double? {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let number = Double(digits), let unit = unit(text.dropFirst(digits.count)) else {
      return nil
    }
    return number * Double(unit)
  }

  /// The bytes of a unit, in any letters; nil for what is none.
  private static func unit(_ text: Substring) -> Int? {
    var letters = text.lowercased()
    if letters.first == " " { letters.removeFirst() }
    for suffix in ["ib", "b"] where letters.hasSuffix(suffix) {
      letters.removeLast(suffix.count)
      break
    }
    return ["": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40][letters]
  }
}
