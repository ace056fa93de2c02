public import EvIndex
internal import Glibc

/// How young documents gain over old ones.
public struct Recency: Equatable, Sendable {
  /// After how many days a document gains half as much; above 0.
  public var halfLife: Double

  /// The day that ages are counted to.
  public var today: CalendarDate

  /// Creates the parameters.
  public init(halfLife: Double, today: CalendarDate) {
    self.halfLife = halfLife
    self.today = today
  }

  /// What a document of a day, as ``DateColumn`` has it, gains of the most: 1 today and later, 0 where
  /// its date is not known.
  func share(ofDay day: Int32) -> Float {
    guard day != DateColumn.unknown else { return 0 }
    return Float(exp2(-Double(max(0, today.day - day)) / halfLife))
  }
}
