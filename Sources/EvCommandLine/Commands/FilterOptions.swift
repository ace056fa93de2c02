// Which documents a search takes, and in which order they come.

import ArgumentParser
import EvIndex
import EvQuery
import EvSearch
import EvTerminal

/// The options that choose, order and count documents.
struct FilterOptions: ParsableArguments {
  @Option(
    name: [.customShort("g", allowingJoined: true), .long],
    help: ArgumentHelp(
      """
      Only documents whose path a pattern matches, or with a leading ! all others; a path from the \
      folder of the documents, or without a slash a name.
      """, valueName: "pattern"))
  var glob: [String] = []

  @Option(
    name: [.customShort("t", allowingJoined: true), .long],
    help: ArgumentHelp(
      "Only documents of a kind: \(FileType.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "kind"))
  var type: [FileType] = []

  @Option(
    help: ArgumentHelp(
      "relevance, date (the newest first), modified (the file written last first) or path.",
      valueName: "order"))
  var sort: HitOrderOption = .relevance

  @Flag(help: "Turn the order round.")
  var reverse = false

  @Option(
    help: ArgumentHelp(
      "Only documents of this day or later, by their own date: 2024-05, yesterday, 2.weeks.ago.",
      valueName: "date"))
  var since: String?

  @Option(help: ArgumentHelp("Only documents of this day or earlier.", valueName: "date"))
  var until: String?

  @Option(
    help: ArgumentHelp(
      "Count matches by source, tag, lang or month; several with commas.", valueName: "fields"))
  var facet: String?

  func validate() throws {
    _ = try facets
    for (name, text) in [("since", since), ("until", until)] {
      guard let text, Self.days(text) == nil else { continue }
      throw ValidationError(
        "--\(name) takes a date: 2024-05-01, 2024-05, yesterday, last-month, 2.weeks.ago; not \(text)."
      )
    }
  }

  /// What matches are counted by.
  var facets: [Facet] {
    get throws {
      try (facet ?? "").split(separator: ",").map { name in
        guard let facet = Facet(rawValue: String(name).trimmingSpaces) else {
          let known = Facet.allCases.map(\.rawValue).joined(separator: ", ")
          throw ValidationError("--facet takes \(known); not \(name).")
        }
        return facet
      }
    }
  }

  /// The days that a text means.
  private static func days(_ text: String) -> ClosedRange<CalendarDate>? {
    CalendarDate.today().flatMap { DatePeriod.days(text, today: $0) }
  }

  /// Puts what was asked for into settings.
  func apply(to settings: inout SearchSettings) {
    settings.globs = type.flatMap(\.patterns) + glob
    settings.sort = HitOrder(rawValue: sort.rawValue) ?? .relevance
    settings.reverse = reverse
    settings.since = since.flatMap { Self.days($0)?.lowerBound }
    settings.until = until.flatMap { Self.days($0)?.upperBound }
    // Checked when the arguments were parsed.
    settings.facets = (try? facets) ?? []
  }
}

/// ``EvQuery/HitOrder`` for the parser, whose client its module is not.
enum HitOrderOption: String, CaseIterable, ExpressibleByArgument {
  case relevance, date, modified, path
}
