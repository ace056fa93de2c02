/// A day of the Gregorian calendar, from the year 1 to 9999.
///
/// Conversion between days and civil dates follows Howard Hinnant, "chrono-Compatible Low-Level Date
/// Algorithms", 2013: years begin in March, so that the day which may be missing is the last one.
public struct CalendarDate: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Days since 1 January 1970; negative in front of it.
  public let day: Int32

  /// The first day that there is, and the last.
  public static let range: ClosedRange<Int32> = -719_162...2_932_896

  /// 1 January 1970.
  public static let epoch = CalendarDate()

  private init() { day = 0 }

  /// A day by its number; nil where it is out of ``range``.
  public init?(day: Int) {
    guard let number = Int32(exactly: day), Self.range.contains(number) else { return nil }
    self.day = number
  }

  /// A day by the calendar; nil where there is no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month),
      day >= 1, day <= Self.dayCount(year: year, month: month)
    else { return nil }
    let shifted = month > 2 ? year : year - 1
    let era = shifted / 400
    let yearOfEra = shifted % 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.init(day: era * 146_097 + dayOfEra - 719_468)
  }

  /// Year, month and day.
  public var components: (year: Int, month: Int, day: Int) {
    let shifted = Int(day) + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// Days of a month in 1...12.
  public static func dayCount(year: Int, month: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The day this many months later, or earlier; where the month is too short, its last day.
  ///
  /// - Returns: Nil where it is out of ``range``.
  public func adding(months: Int) -> CalendarDate? {
    let (year, month, day) = components
    let (sum, overflow) = months.addingReportingOverflow(12 * year + month - 1)
    guard !overflow, sum >= 12 else { return nil }
    let last = Self.dayCount(year: sum / 12, month: sum % 12 + 1)
    return CalendarDate(year: sum / 12, month: sum % 12 + 1, day: min(day, last))
  }

  /// The day this many days later, or earlier; nil where it is out of ``range``.
  public func adding(days: Int) -> CalendarDate? {
    let (sum, overflow) = Int(day).addingReportingOverflow(days)
    return overflow ? nil : CalendarDate(day: sum)
  }

  /// The form of ISO 8601, such as `2024-05-01`.
  public var description: String {
    let (year, month, day) = components
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  /// Whether one day is in front of another.
  public static func < (left: CalendarDate, right: CalendarDate) -> Bool { left.day < right.day }
}
