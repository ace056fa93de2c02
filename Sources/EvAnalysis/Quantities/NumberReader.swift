// Numbers as people write them.

/// A number that was read from a text.
struct WrittenNumber {
  /// Its value, as written; of two readings the one is taken that English has.
  var value: Double
  /// The byte behind its last digit.
  var end: Int
  /// Whether its digits are in groups.
  var isGrouped: Bool
  /// How many digits are behind the decimal point.
  var fractionLength: Int

  /// Its digits without what groups them, a full stop in front of those behind the decimal point.
  func digits(in text: Span<UInt8>, from start: Int) -> [UInt8] {
    var digits: [UInt8] = []
    var index = start
    while index < end {
      let here = text.plainScalar(at: index, end: end)
      if here.value &- 0x30 < 10 { digits.append(UInt8(truncatingIfNeeded: here.value)) }
      index += here.length
    }
    if fractionLength > 0 {
      digits.insert(UInt8(ascii: "."), at: digits.count - fractionLength)
    }
    return digits
  }
}

/// A number whose digits are in groups for those who write so.
struct GroupedNumber {
  let number: WrittenNumber
  /// Whether spaces part the groups, and not a full stop.
  let isBySpaces: Bool
}

/// Reads numbers: `1,200.5`, `1.234.567`, `1 200` with narrow or unbreakable spaces, `3,5`, `１２`.
enum NumberReader {
  private static let maximumDigits = 15

  /// Groups of digits, and what stands between them; small enough to be held in a few words.
  private struct Groups {
    var count = 0
    /// The digits of all groups as one number.
    var value: UInt64 = 0
    var digitCount = 0
    var firstLength = 0
    var lastLength = 0
    /// Whether all groups but the first and the last have three digits.
    var areInnerOfThree = true
    var firstSeparator: UInt32 = 0
    var lastSeparator: UInt32 = 0
    /// Whether all separators but the last are equal.
    var areFirstEqual = true
    var beginsWithZero = false

    mutating func append(_ value: UInt64, length: Int, separator: UInt32) {
      if count == 0 {
        firstLength = length
      } else if count > 1, lastLength != 3 {
        areInnerOfThree = false
      }
      if count == 1 { firstSeparator = separator }
      if count > 2, lastSeparator != firstSeparator { areFirstEqual = false }
      if count > 0 { lastSeparator = separator }
      lastLength = length
      count += 1
      digitCount += length
      self.value = value
    }
  }

  /// The number that begins at `start`, or nil where there is none or more than one reading.
  ///
  /// `1.200` is read as one and a fifth: which languages mean more by it cannot be seen here.
  static func number(in text: Span<UInt8>, at start: Int, end: Int) -> WrittenNumber? {
    var groups = Groups()
    var separator: UInt32 = 0
    var value: UInt64 = 0
    var index = start
    var numberEnd = start
    while true {
      var length = 0
      while index < end {
        let here = text.plainScalar(at: index, end: end)
        guard here.value &- 0x30 < 10 else { break }
        if groups.count == 0, length == 0 { groups.beginsWithZero = here.value == 0x30 }
        length += 1
        guard groups.digitCount + length <= maximumDigits else { return nil }
        value = value * 10 + UInt64(here.value - 0x30)
        index += here.length
      }
      guard length > 0 else { break }
      groups.append(value, length: length, separator: separator)
      numberEnd = index
      guard index < end else { break }
      let here = text.plainScalar(at: index, end: end)
      guard let found = Self.separator(here.value) else { break }
      let next = index + here.length
      guard next < end, text.plainScalar(at: next, end: end).value &- 0x30 < 10 else { break }
      separator = found
      index = next
    }
    return groups.count == 0 ? nil : number(groups, end: numberEnd)
  }

  /// The number that begins at `start`, if one full stop, or spaces as any, part its digits in groups of
  /// three: that is how much of Europe writes it, and elsewhere it is another number, or several.
  static func grouped(in text: Span<UInt8>, at start: Int, end: Int) -> GroupedNumber? {
    var value: UInt64 = 0
    var index = start
    var groupCount = 0
    var sign: UInt8 = 0
    while true {
      let first = index
      while index < end, text[index] &- 0x30 < 10, index - first < 4 {
        value = value * 10 + UInt64(text[index] - 0x30)
        index += 1
      }
      let length = index - first
      guard groupCount == 0 ? (1...3).contains(length) && text[start] != 0x30 : length == 3 else {
        return nil
      }
      groupCount += 1
      guard index + 1 < end, text[index] == (groupCount == 1 ? text[index] : sign),
        text[index] == 0x20 || text[index] == 0x2E && groupCount == 1,
        text[index + 1] &- 0x30 < 10, groupCount < 5
      else { break }
      sign = text[index]
      index += 1
    }
    guard groupCount > 1,
      index == end || text[index] != 0x2E && text[index] != 0x2C
        || index + 1 == end || text[index + 1] &- 0x30 >= 10
    else { return nil }
    return GroupedNumber(
      number: WrittenNumber(value: Double(value), end: index, isGrouped: true, fractionLength: 0),
      isBySpaces: sign == 0x20)
  }

  /// What stands between groups of digits, or nil; all spaces that do so are one.
  private static func separator(_ scalar: UInt32) -> UInt32? {
    switch scalar {
    case 0x2C, 0x2E: scalar
    case 0x27, 0x2019: 0x27
    case 0xA0, 0x2009, 0x202F: 0x20
    default: nil
    }
  }

  private static func number(_ groups: Groups, end: Int) -> WrittenNumber? {
    let isWhole = groups.count == 1
    let areGroups = groups.firstLength <= 3 && !groups.beginsWithZero && groups.areInnerOfThree
    let areEqual = groups.areFirstEqual && groups.lastSeparator == groups.firstSeparator
    let isGrouped =
      areGroups && areEqual && groups.lastLength == 3
      && (groups.lastSeparator != 0x2E || groups.count > 2)
    if isWhole || isGrouped {
      return WrittenNumber(
        value: Double(groups.value), end: end, isGrouped: !isWhole, fractionLength: 0)
    }
    guard groups.lastSeparator == 0x2E || groups.lastSeparator == 0x2C else { return nil }
    if groups.count > 2 {
      guard areGroups, groups.areFirstEqual, groups.firstSeparator != groups.lastSeparator else {
        return nil
      }
    }
    // At most 15 digits, and a power of ten that is exact: the quotient is the nearest double.
    var divisor = 1.0
    for _ in 0..<groups.lastLength { divisor *= 10 }
    return WrittenNumber(
      value: Double(groups.value) / divisor, end: end, isGrouped: groups.count > 2,
      fractionLength: groups.lastLength)
  }
}

extension Span where Element == UInt8 {
  /// The scalar at `offset`, with the wide forms of ASCII and all digits as ASCII, and its length in bytes.
  @inline(always)
  func plainScalar(at offset: Int, end: Int) -> (value: UInt32, length: Int) {
    let here = scalar(at: offset, end: end)
    if here.value < 0x660 { return here }
    if here.value &- 0xFF01 < 0x5E { return (here.value - 0xFEE0, here.length) }
    return (plainDigit(here.value) ?? here.value, here.length)
  }

  /// The scalar that ends at `offset`, as ``plainScalar(at:end:)`` gives it; nil at `start`.
  @inline(always)
  func plainScalar(before offset: Int, start: Int) -> (value: UInt32, offset: Int)? {
    guard offset > start else { return nil }
    let previous = scalarStart(before: offset, start: start)
    return (plainScalar(at: previous, end: offset).value, previous)
  }
}

/// The digit of ASCII that a digit of a script with its own stands for, or nil.
func plainDigit(_ scalar: UInt32) -> UInt32? {
  switch scalar {
  case 0x660...0x669, 0x6F0...0x6F9, 0xE50...0xE59, 0xED0...0xED9, 0xF20...0xF29, 0x1040...0x1049,
    0x17E0...0x17E9:
    0x30 + (scalar & 0xF)
  // Those of India stand at the same place in each block.
  case 0x966...0xD6F where (0x66...0x6F).contains(scalar & 0x7F): 0x30 + (scalar & 0x7F) - 0x66
  default: nil
  }
}
