public import EvIndex
import Glibc

// Days where the program runs.

extension CalendarDate {
  /// The day that it is now.
  public static func today() -> CalendarDate? {
    var seconds = time(nil)
    var parts = unsafe tm()
    // Safe: both are local to this call, and written by it only.
    guard unsafe localtime_r(&seconds, &parts) != nil else { return nil }
    return unsafe CalendarDate(
      year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
  }

  /// The time from the beginning of the first day to the end of the last, in nanoseconds since 1970; as
  /// much of it as there are such numbers.
  static func nanoseconds(of days: ClosedRange<Int32>) -> ClosedRange<Int64> {
    let first = beginning(of: Int(days.lowerBound))
    return first...max(first, beginning(of: Int(days.upperBound) + 1) - 1)
  }

  /// When a day begins; not each has 24 hours.
  private static func beginning(of day: Int) -> Int64 {
    guard let date = CalendarDate(day: day) else { return day < 0 ? .min : .max }
    let (year, month, day) = date.components
    var parts = unsafe tm()
    unsafe parts.tm_year = Int32(year - 1900)
    unsafe parts.tm_mon = Int32(month - 1)
    unsafe parts.tm_mday = Int32(day)
    unsafe parts.tm_isdst = -1
    // Safe: it is local to this call, and written by it only.
    let seconds = unsafe Int64(mktime(&parts))
    let (time, isTooLarge) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    return isTooLarge ? (year < 1970 ? .min : .max) : time
  }
}
