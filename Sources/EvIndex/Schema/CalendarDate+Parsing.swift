// Dates as articles and people write them.

extension CalendarDate {
  /// Reads a document's date; nil where it cannot be told for certain which day is meant.
  ///
  /// The day is the one that is written; a time and its zone behind it are not looked at.
  ///
  /// - `2024-05-01`, `2024/5/1`, `2024.5.1`, `20240501`, each also with a time behind it;
  /// - `1 May 2024`, `1. May 2024`, `May 1, 2024`, `Wed, 01 May 2024 10:00:00 +0200` (RFC 5322), with
  ///   English names of months, of which three letters do;
  /// - `1.5.2024`: with full stops the day comes first;
  /// - `2024年5月1日`;
  /// - `2024-05`, `May 2024`, `2024年5月` and `2024`: the first day of that month or year.
  ///
  /// `1/5/2024` is no date: whether the day or the month comes first depends on the country.
  public init?(parsing text: String) {
    // Longer ones are no dates, and need not be cut into words.
    guard text.utf8.count <= 100, let period = Self.period(in: text) else { return nil }
    self = period.lowerBound
  }

  /// The days that a date means: one day, or all days of the month or year that is written.
  public static func period(in text: String) -> ClosedRange<CalendarDate>? {
    guard text.utf8.count <= 100 else { return nil }
    let parts = DateParts(text).parts
    return numeric(parts) ?? named(parts)
  }

  private typealias Part = DateParts.Part

  /// `2024-05-01`, `2024-05`, `2024`, `20240501`, `1.5.2024`.
  private static func numeric(_ parts: [Part]) -> ClosedRange<CalendarDate>? {
    guard case .number(let first, let digits)? = parts.first else { return nil }
    if digits == 8 {
      guard endsDate(parts, 1) else { return nil }
      return day(first / 10_000, first / 100 % 100, first % 100)
    }
    if digits == 4 {
      guard let (month, separator, next) = number(parts, after: 1) else {
        return parts.count == 1 || parts.count == 2 && isMark("年", parts, 1) ? year(first) : nil
      }
      guard separator != ":" else { return nil }
      if let (day, other, end) = number(parts, after: next),
        other == separator || separator == "年" && other == "月"
      {
        guard isMark("日", parts, end) || endsDate(parts, end) else { return nil }
        return self.day(first, month, day)
      }
      let isEnd = separator == "年" ? isMark("月", parts, next) : parts.count == next
      return isEnd ? self.month(first, month) : nil
    }
    // Day, month and year with full stops between them.
    guard digits <= 2, case (let month, ".", let next)? = number(parts, after: 1),
      case (let year, ".", let end)? = number(parts, after: next), year > 999, endsDate(parts, end)
    else { return nil }
    return day(year, month, first)
  }

  /// `1 May 2024`, `May 1, 2024`, `May 2024`, each perhaps behind a day of the week.
  private static func named(_ parts: [Part]) -> ClosedRange<CalendarDate>? {
    var words = parts.filter { part in
      switch part {
      case .mark(let mark): !" ,.-".contains(mark)
      default: true
      }
    }
    if case .word(let word)? = words.first, weekdays.contains(String(word.prefix(3))) {
      words.removeFirst()
    }
    guard words.count >= 2 else { return nil }
    switch (words[0], words[1], words.count > 2 ? words[2] : .mark(" ")) {
    case (.number(let day, 1...2), .word(let name), .number(let year, 4)),
      (.word(let name), .number(let day, 1...2), .number(let year, 4)):
      return month(named: name).flatMap { self.day(year, $0, day) }
    case (.word(let name), .number(let year, 4), .mark(" ")):
      return month(named: name).flatMap { self.month(year, $0) }
    default: return nil
    }
  }

  private static let weekdays: Set = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]

  private static func month(named name: String) -> Int? {
    guard name.count >= 3 else { return nil }
    // September is also cut to four letters.
    return months.firstIndex { $0.hasPrefix(name) }.map { $0 + 1 }
  }

  private static func day(_ year: Int, _ month: Int, _ day: Int) -> ClosedRange<CalendarDate>? {
    CalendarDate(year: year, month: month, day: day).map { $0...$0 }
  }

  private static func month(_ year: Int, _ month: Int) -> ClosedRange<CalendarDate>? {
    guard let first = CalendarDate(year: year, month: month, day: 1),
      let last = CalendarDate(
        year: year, month: month, day: dayCount(year: year, month: month))
    else { return nil }
    return first...last
  }

  private static func year(_ year: Int) -> ClosedRange<CalendarDate>? {
    guard let first = CalendarDate(year: year, month: 1, day: 1),
      let last = CalendarDate(year: year, month: 12, day: 31)
    else { return nil }
    return first...last
  }

  /// The number of one or two digits, or of four, behind a separator at `index`, and what follows it.
  private static func number(
    _ parts: [Part], after index: Int
  ) -> (value: Int, separator: Character, end: Int)? {
    guard index + 1 < parts.count, case .mark(let separator) = parts[index],
      "-/.年月".contains(separator), case .number(let value, let digits) = parts[index + 1],
      digits <= 2 || digits == 4
    else { return nil }
    return (value, separator, index + 2)
  }

  private static func isMark(_ mark: Character, _ parts: [Part], _ index: Int) -> Bool {
    index < parts.count && parts[index] == .mark(mark)
  }

  /// Whether a date may end in front of `index`: there is nothing, or a time.
  private static func endsDate(_ parts: [Part], _ index: Int) -> Bool {
    guard index < parts.count else { return true }
    if parts[index] == .mark(" ") { return true }
    if case .word(let word) = parts[index] { return word == "t" }
    return false
  }
}

/// A text cut into numbers, words and other characters.
private struct DateParts {
  enum Part: Equatable {
    /// A number and how many digits it is written with, at most nine.
    case number(Int, Int)
    /// Letters, in lower case.
    case word(String)
    /// Another character; white space of any length is one space.
    case mark(Character)
  }

  private(set) var parts: [Part] = []

  init(_ text: String) {
    var rest = text[...]
    while let character = rest.first {
      if character.isWhitespace {
        rest = rest.drop(while: \.isWhitespace)
        if !parts.isEmpty, !rest.isEmpty { parts.append(.mark(" ")) }
      } else if character.isASCII, character.isNumber {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        rest = rest[digits.endIndex...]
        // More digits than any date has are no number of a date.
        parts.append(.number(Int(digits.prefix(9)) ?? 0, digits.count))
      } else if character.isASCII, character.isLetter {
        let letters = rest.prefix { $0.isASCII && $0.isLetter }
        rest = rest[letters.endIndex...]
        parts.append(.word(letters.lowercased()))
      } else {
        parts.append(.mark(character))
        rest = rest.dropFirst()
      }
    }
  }
}
