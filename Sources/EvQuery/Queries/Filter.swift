public import EvIndex

/// What a document's metadata must be; it restricts and adds nothing to the score.
public enum Filter: Hashable, Sendable {
  /// Documents with any of these field terms, which begin with the byte 0x01.
  case terms([String])

  /// Documents with a value of a field that a pattern matches.
  case matching(Field, Glob)

  /// Documents whose own date is in a range, in days since 1 January 1970.
  case dates(ClosedRange<Int32>)
}

extension Filter {
  /// The filter that a person typed: `lang:de`, `tag:ni*`, `path:misc/`, `date:2024-03..2024-04`.
  ///
  /// - `lang`, `source`, `tag`: the value, folded, exactly; `*`, `?` and `[a-z]` make it a pattern.
  /// - `path`: a folder or a file, from the collection's root; or a pattern, which without a `/` is
  ///   compared with the last component of folders and files, else with the whole path. `**` goes
  ///   across folders.
  /// - `ext`: files whose names end so.
  /// - `date`: what ``DatePeriod/range(_:today:)`` understands.
  ///
  /// - Parameters:
  ///   - field: The field's name, in lower case.
  ///   - today: What `yesterday` counts from.
  /// - Returns: Nil for a name that is no field, or a value that means nothing.
  public init?(field: String, value: String, today: CalendarDate) {
    switch field {
    case "date":
      guard let days = DatePeriod.range(value, today: today) else { return nil }
      self = .dates(days)
    case "ext":
      let name = value.drop { $0 == "." }
      guard !name.isEmpty, !name.contains("/") else { return nil }
      self.init(.path, pattern: "*." + name)
    default:
      guard let field = Field(name: field) else { return nil }
      let value = field == .path ? Self.trimmed(path: value) : Self.normalized(field, value)
      if Glob.isPattern(value) {
        self.init(field, pattern: value)
      } else if let term = FieldTerm.term(field, value) {
        self = .terms([term])
      } else {
        return nil
      }
    }
  }

  private init(_ field: Field, pattern: String) {
    let folded = FieldTerm.normalized(field, pattern) ?? pattern
    self = .matching(field, Glob(folded, isPath: field == .path))
  }

  private static func normalized(_ field: Field, _ value: String) -> String {
    field == .language ? String(value.map { $0 == "_" ? "-" : $0 }) : value
  }

  /// A path without `./` in front and `/` behind.
  private static func trimmed(path: String) -> String {
    var path = path[...]
    while path.hasPrefix("./") { path = path.dropFirst(2) }
    while path.hasSuffix("/") { path = path.dropLast() }
    return String(path)
  }
}
