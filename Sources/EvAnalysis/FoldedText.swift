// ICU's folding, and the way back from the folded text to its source.

import CICU

/// A text folded with NFKC_Casefold, and where each of its code units comes from.
struct FoldedText {
  /// The folded code units.
  private(set) var units: [UInt16] = []
  private var starts: [Int32] = []
  private var ends: [Int32] = []
  private var isUnchanged = true

  /// Folds `source`, which is left with other contents of no meaning.
  mutating func fold(_ source: inout [UInt16]) throws(AnalysisError) {
    var code: Int32 = 0
    // Safe: the shim reads as many units as the array has.
    let prefix = unsafe cicu_folded_prefix(source, Int32(source.count), &code)
    try Self.check(code)
    isUnchanged = prefix == source.count
    if isUnchanged {
      swap(&units, &source)
      return
    }
    var capacity = max(units.count, 2 * source.count)
    while true {
      resize(to: capacity)
      // Safe: each of the three arrays has room for `capacity` elements.
      let count = unsafe cicu_fold(
        source, Int32(source.count), &units, &starts, &ends, Int32(capacity), &code)
      try Self.check(code)
      guard Int(count) > capacity else {
        units.removeLast(capacity - Int(count))
        return
      }
      capacity = Int(count)
    }
  }

  private mutating func resize(to capacity: Int) {
    if units.count > capacity { units.removeLast(units.count - capacity) }
    units.append(contentsOf: repeatElement(0, count: capacity - units.count))
    let missing = max(0, capacity - starts.count)
    starts.append(contentsOf: repeatElement(0, count: missing))
    ends.append(contentsOf: repeatElement(0, count: missing))
  }

  private static func check(_ code: Int32) throws(AnalysisError) {
    guard code <= 0 else { throw .icu(operation: "fold a text", code: code) }
  }

  /// Replaces the code units that must not be part of words by one that is not.
  ///
  /// ICU 72 takes a commercial at for a letter, other versions do not; a colon joins words in some
  /// locales. Here neither does, whatever the version.
  mutating func separateAtSigns() {
    for index in units.indices where units[index] == 0x40 || units[index] == 0x3A {
      units[index] = 0x23
    }
  }

  /// The unit of the source where what became unit `index` begins.
  func sourceStart(_ index: Int) -> Int { isUnchanged ? index : Int(starts[index]) }

  /// The unit of the source where what became unit `index` ends.
  func sourceEnd(_ index: Int) -> Int { isUnchanged ? index + 1 : Int(ends[index]) }
}
