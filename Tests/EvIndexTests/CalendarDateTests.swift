import EvIndex
import EvTestSupport
import Foundation
import Testing

/// Days and the ways to write them.
@Suite struct CalendarDateTests {
  @Test(arguments: 0..<4)
  func `days and calendar dates are those of Foundation`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    // Where the rules of the Gregorian calendar have applied since.
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    for _ in 0..<500 {
      let number = Int.random(in: -140_000...2_932_896, using: &random)
      let date = try #require(CalendarDate(day: number))
      let (year, month, day) = date.components
      let moment = Date(timeIntervalSince1970: Double(number) * 86_400)
      let expected = calendar.dateComponents([.year, .month, .day], from: moment)
      #expect(expected.year == year && expected.month == month && expected.day == day)
      #expect(CalendarDate(year: year, month: month, day: day) == date)
    }
  }

  @Test func `the first and the last day are days, those beyond are not`() {
    #expect(CalendarDate(year: 1, month: 1, day: 1)?.day == CalendarDate.range.lowerBound)
    #expect(CalendarDate(year: 9999, month: 12, day: 31)?.day == CalendarDate.range.upperBound)
    #expect(CalendarDate(day: Int(CalendarDate.range.lowerBound) - 1) == nil)
    #expect(CalendarDate(day: Int(CalendarDate.range.upperBound) + 1) == nil)
    #expect(CalendarDate(year: 2023, month: 2, day: 29) == nil)
    #expect(CalendarDate(year: 2024, month: 2, day: 29) != nil)
    #expect(CalendarDate(year: 1900, month: 2, day: 29) == nil)
  }

  @Test(arguments: [
    "2024-05-01", "2024-5-1", "2024/5/1", "2024/05/01", "2024.05.01", "20240501",
    "2024-05-01T10:00Z", "2024-05-01T10:00:00.123+08:00", "2024-05-01 10:00", "20240501T100000Z",
    "1 May 2024", "01 May 2024", "1. May 2024", "May 1, 2024", "may 1 2024", "01-May-2024",
    "Wed, 01 May 2024 10:00:00 +0200", "Wednesday, 1 May 2024", "Wed, 1 May 2024", "1.5.2024",
    "01.05.2024", "2024年5月1日", "  2024-05-01  ", "2024-05", "May 2024", "2024年5月",
  ])
  func `every usual way to write a day is understood`(text: String) {
    #expect(CalendarDate(parsing: text)?.description == "2024-05-01")
  }

  @Test func `a year alone is its first day`() {
    #expect(CalendarDate(parsing: "2024")?.description == "2024-01-01")
    #expect(CalendarDate(parsing: "2024年")?.description == "2024-01-01")
  }

  @Test(arguments: [
    "", "some day", "1/5/2024", "2024-13-01", "2024-02-30", "2024-05-01x", "20241301", "24-05-01",
    "0000-01-01", "1714521600", "99999999999999999999", "2024-05-01-02", "2024 or so", "May",
    "Ma 1, 2024", "1 Mayday 2024", "2024--05", "-", "2024-05-", "5月1日", "10:00",
  ])
  func `what is no date for certain is none`(text: String) {
    #expect(CalendarDate(parsing: text) == nil)
  }

  @Test func `a month and a year are all of their days`() throws {
    let month = try #require(CalendarDate.period(in: "2024-02"))
    #expect("\(month.lowerBound) \(month.upperBound)" == "2024-02-01 2024-02-29")
    let year = try #require(CalendarDate.period(in: "2023"))
    #expect("\(year.lowerBound) \(year.upperBound)" == "2023-01-01 2023-12-31")
  }

  @Test func `months are added by the calendar, and end with their last day`() throws {
    let date = try #require(CalendarDate(year: 2024, month: 1, day: 31))
    #expect(date.adding(months: 1)?.description == "2024-02-29")
    #expect(date.adding(months: -2)?.description == "2023-11-30")
    #expect(date.adding(months: .max) == nil)
    #expect(date.adding(days: .min) == nil)
    #expect(date.adding(days: 1)?.description == "2024-02-01")
  }

  @Test(arguments: 0..<8)
  func `no characters trap`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let pieces = Array("0123456789-/.:, TtMayDec年月日é")
    for _ in 0..<2000 {
      let count = Int.random(in: 0...14, using: &random)
      let text = String((0..<count).map { _ in pieces.randomElement(using: &random) ?? "0" })
      guard let date = CalendarDate(parsing: text) else { continue }
      #expect(CalendarDate(parsing: date.description) == date)
    }
  }
}
