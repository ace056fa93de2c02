// The date of a message as ISO 8601.

/// Reads dates of messages: RFC 5322 section 3.3, and the older forms of 4.3.
enum MailDate {
  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// Zones that were written by their names, as minutes from UTC.
  private static let zones = [
    "ut": 0, "gmt": 0, "utc": 0, "z": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300,
    "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
  ]

  /// `2024-05-01T10:20:30+02:00` for `Wed, 1 May 2024 10:20:30 +0200 (CEST)`; nil for what is no date.
  static func iso8601(_ text: String) -> String? {
    var words = text.lowercased().split { " \t\r\n,".contains($0) }
    if let comment = words.firstIndex(where: { $0.hasPrefix("(") }) {
      words.removeSubrange(comment...)
    }
    if let first = words.first, first.first?.isLetter == true { words.removeFirst() }
    guard words.count >= 3, let day = Int(words[0]), (1...31).contains(day),
      let month = months.firstIndex(of: String(words[1].prefix(3))), var year = Int(words[2])
    else { return nil }
    if (0...49).contains(year) { year += 2000 } else if (50...999).contains(year) { year += 1900 }
    guard (1900...9999).contains(year) else { return nil }
    let date = "\(year)-\(padded(month + 1))-\(padded(day))"
    guard words.count >= 4 else { return date }
    let clock = words[3].split(separator: ":").map { Int($0) ?? -1 }
    guard (2...3).contains(clock.count), (0...23).contains(clock[0]), (0...59).contains(clock[1]),
      clock.count == 2 || (0...60).contains(clock[2])
    else { return date }
    let time = clock.map(padded).joined(separator: ":") + (clock.count == 2 ? ":00" : "")
    return date + "T" + time + (words.count >= 5 ? zone(words[4]) : "")
  }

  private static func zone(_ word: Substring) -> String {
    var minutes = zones[String(word)]
    if let sign = word.first, sign == "+" || sign == "-", word.utf8.count == 5,
      let number = Int(word.dropFirst()), (0...1459).contains(number), number % 100 < 60
    {
      minutes = (number / 100 * 60 + number % 100) * (sign == "-" ? -1 : 1)
    }
    guard let minutes else { return "" }
    if minutes == 0 { return "Z" }
    let size = abs(minutes)
    return (minutes < 0 ? "-" : "+") + padded(size / 60) + ":" + padded(size % 60)
  }

  private static func padded(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
