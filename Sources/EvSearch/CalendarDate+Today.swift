public import EvIndex
import Glibc

extension CalendarDate {
  /// The day that it is now, where the program runs.
  public static func today() -> CalendarDate? {
    var seconds = time(nil)
    var parts = unsafe tm()
    // Safe: both are local to this call, and written by it only.
    guard unsafe localtime_r(&seconds, &parts) != nil else { return nil }
    return unsafe CalendarDate(
      year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
  }
}
