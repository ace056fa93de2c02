public import EvIndex

/// Days as people ask for them: dates, ranges of dates, and git's words for the recent past.
public enum DatePeriod {
  /// The days that a word or a date means; nil where it means none.
  ///
  /// - A day, a month or a year as ``EvIndex/CalendarDate/period(in:)`` reads it;
  /// - `today`, `now`, `yesterday`;
  /// - `2 weeks ago`, `3.days.ago`, `a month ago`: one day;
  /// - `this week`, `last month`, `last-year`: all their days; weeks begin on Monday;
  /// - `monday`, `last monday`: the last day of that name in front of today.
  public static func days(
    _ text: String, today: CalendarDate
  ) -> ClosedRange<CalendarDate>? {
    if let period = CalendarDate.period(in: text) { return period }
    guard text.utf8.count <= 100 else { return nil }
    let words = text.lowercased()
      .split { $0.isWhitespace || $0 == "." || $0 == "-" || $0 == "_" }.map(String.init)
    switch words.count {
    case 1:
      switch words[0] {
      case "today", "now": return today...today
      case "yesterday": return single(today.adding(days: -1))
      default: return weekday(words[0], today)
      }
    case 2 where words[0] == "last":
      return period(words[1], before: true, today) ?? weekday(words[1], today)
    case 2 where words[0] == "this": return period(words[1], before: false, today)
    case 2, 3:
      guard words.count == 2 || words[2] == "ago" else { return nil }
      let count = words[0] == "a" || words[0] == "an" || words[0] == "one" ? 1 : Int(words[0])
      guard let count, count >= 0 else { return nil }
      return ago(count, words[1], today)
    default: return nil
    }
  }

  /// The days of a range, as numbers: `2024-03..2024-04`, `2024-03..`, `..yesterday`, `>=2024-05`,
  /// `>2024`, `<=2024`, `<2024-05-01`, or what ``days(_:today:)`` reads.
  ///
  /// A range ends with the last day of what is behind the two full stops.
  public static func range(_ text: String, today: CalendarDate) -> ClosedRange<Int32>? {
    let text = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let (first, last) = (CalendarDate.range.lowerBound, CalendarDate.range.upperBound)
    for (sign, isLower, isOpen) in [
      (">=", true, false), ("<=", false, false), (">", true, true), ("<", false, true),
    ] where text.hasPrefix(sign) {
      let rest = String(text.dropFirst(sign.count).drop { $0 == " " })
      guard let days = days(rest, today: today) else { return nil }
      let (low, high) = (days.lowerBound.day, days.upperBound.day)
      if isLower {
        guard !isOpen || high < last else { return nil }
        return (isOpen ? high + 1 : low)...last
      }
      guard !isOpen || low > first else { return nil }
      return first...(isOpen ? low - 1 : high)
    }
    guard let dots = text.firstRange(of: "..") else {
      return days(text, today: today).map { $0.lowerBound.day...$0.upperBound.day }
    }
    var low = first
    var high = last
    if dots.lowerBound > text.startIndex {
      guard let from = days(String(text[..<dots.lowerBound]), today: today) else { return nil }
      low = from.lowerBound.day
    }
    if dots.upperBound < text.endIndex {
      guard let to = days(String(text[dots.upperBound...]), today: today) else { return nil }
      high = to.upperBound.day
    }
    return low <= high ? low...high : nil
  }

  private static func single(_ day: CalendarDate?) -> ClosedRange<CalendarDate>? {
    day.map { $0...$0 }
  }

  private static func ago(
    _ count: Int, _ unit: String, _ today: CalendarDate
  ) -> ClosedRange<CalendarDate>? {
    // More than there are days in the calendar is no date.
    guard count <= 4_000_000 else { return nil }
    switch unit.hasSuffix("s") ? String(unit.dropLast()) : unit {
    case "day": return single(today.adding(days: -count))
    case "week": return single(today.adding(days: -7 * count))
    case "month": return single(today.adding(months: -count))
    case "year": return single(today.adding(months: -12 * count))
    case "second", "minute", "hour": return today...today
    default: return nil
    }
  }

  private static func period(
    _ unit: String, before: Bool, _ today: CalendarDate
  ) -> ClosedRange<CalendarDate>? {
    let (year, month, _) = today.components
    switch unit {
    case "week":
      guard let monday = today.adding(days: -weekday(of: today) - (before ? 7 : 0)),
        let sunday = monday.adding(days: 6)
      else { return nil }
      return monday...sunday
    case "month":
      guard
        let first = CalendarDate(year: year, month: month, day: 1)?
          .adding(months: before ? -1 : 0),
        let last = first.adding(months: 1)?.adding(days: -1)
      else { return nil }
      return first...last
    case "year": return CalendarDate.period(in: String(before ? year - 1 : year))
    default: return nil
    }
  }

  private static let names = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]

  /// The last day of a name in front of today.
  private static func weekday(_ name: String, _ today: CalendarDate) -> ClosedRange<CalendarDate>? {
    guard name.count >= 3, let wanted = names.firstIndex(where: { $0.hasPrefix(name) })
    else { return nil }
    let back = (weekday(of: today) - wanted + 7) % 7
    return single(today.adding(days: back == 0 ? -7 : -back))
  }

  /// Days since Monday.
  private static func weekday(of date: CalendarDate) -> Int {
    // 1 January 1970 was a Thursday; no day is 9,999 × 400 days in front of it.
    (Int(date.day) + 3 + 7 * 1_000_000) % 7
  }
}
