// Numbers as people read them.

/// Writes counts, sizes and times for people.
public enum Quantities {
  /// A count with commas between thousands: `5,123`.
  public static func grouped(_ value: some BinaryInteger) -> String {
    let digits = String(value.magnitude)
    var result = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { result.append(",") }
      result.append(digit)
    }
    return result
  }

  /// A count and its noun: `1 document`, `17 documents`.
  public static func count(_ value: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(grouped(value)) \(value == 1 ? noun : plural ?? noun + "s")"
  }

  /// A size in decimal units: `312 bytes`, `31 KB`, `7.1 MB`.
  public static func bytes(_ value: some BinaryInteger) -> String {
    guard value >= 1000 else { return count(Int(value), "byte") }
    var scaled = Double(value) / 1000
    var units = ["KB", "MB", "GB", "TB"][...]
    // 999.5 would print as 1,000.
    while scaled >= 999.5, units.count > 1 {
      scaled /= 1000
      units.removeFirst()
    }
    return "\(fixed(scaled, decimals: scaled < 9.95 ? 1 : 0)) \(units.first ?? "")"
  }

  /// A time: `1.3 ms` below a second, `2.05 s` below a minute, `3:07` above it.
  public static func time(_ duration: Duration) -> String {
    let seconds = seconds(duration)
    if seconds < 0.9995 { return fixed(seconds * 1000, decimals: seconds < 0.0995 ? 1 : 0) + " ms" }
    if seconds < 59.995 { return fixed(seconds, decimals: 2) + " s" }
    return clock(duration)
  }

  /// A time in hours, minutes and seconds: `0:05`, `3:07`, `1:02:03`.
  public static func clock(_ duration: Duration) -> String {
    let total = Int(seconds(duration).rounded())
    let (minutes, seconds) = (total / 60, total % 60)
    let tail = (seconds < 10 ? "0" : "") + String(seconds)
    guard minutes >= 60 else { return "\(minutes):\(tail)" }
    return "\(minutes / 60):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60):\(tail)"
  }

  /// The seconds of a duration, never below 0.
  public static func seconds(_ duration: Duration) -> Double {
    let (seconds, attoseconds) = duration.components
    return max(0, Double(seconds) + Double(attoseconds) * 1e-18)
  }

  /// A number with `decimals` digits after the point, 0 to 6, and commas between thousands.
  public static func fixed(_ value: Double, decimals: Int) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (value.magnitude * scale).rounded()
    guard scaled.isFinite, scaled < 9e15 else { return value.isNaN ? "?" : "∞" }
    let (whole, fraction) = Int(scaled).quotientAndRemainder(dividingBy: Int(scale))
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return sign + grouped(whole) }
    let digits = String(fraction)
    return sign + grouped(whole) + "." + String(repeating: "0", count: decimals - digits.count)
      + digits
  }
}
