// How many matches have which source, tag, language or month.

import EvQuery
import EvTerminal

extension FacetCounts {
  /// The counts with bars, a line a value.
  func lines(columns: Int) -> [StyledText] {
    let title = "\(facet.rawValue): \(Quantities.count(valueCount, "value"))"
    var lines = [StyledText(title, .title)]
    let most = values.map(\.count).max() ?? 0
    let nameColumns = min(values.map(\.name.columns).max() ?? 0, columns / 2)
    let digits = Quantities.grouped(most).count
    let room = max(0, min(30, columns - nameColumns - digits - 8))
    for value in values {
      let name = StyledText(value.name.withSingleSpaces).wrapped(to: max(1, nameColumns))[0]
      let count = Quantities.grouped(value.count)
      var line = StyledText("  ")
      line.append(name)
      line.append(String(repeating: " ", count: nameColumns - name.columns + digits - count.count))
      line.append("  " + count + "  ", .line)
      // A value that is there has a bar of at least one cell.
      let cells = most > 0 ? max(1, value.count * room / most) : 0
      line.append(String(repeating: "▇", count: room > 0 ? cells : 0), .faint)
      lines.append(line)
    }
    if missing > 0 {
      lines.append(StyledText("  \(Quantities.grouped(missing)) without", .faint))
    }
    return lines
  }

  /// The counts for programs.
  var json: JSONValue {
    .object([
      .init("facet", .string(facet.rawValue)),
      .init(
        "values",
        .array(
          values.map { value in
            .object([.init("name", .string(value.name)), .init("count", .integer(value.count))])
          })),
      .init("value_count", .integer(valueCount)),
      .init("missing", .integer(missing)),
    ])
  }
}
