// The arguments of a call, looked at before anything is done with them.

/// What a tool was called with.
struct ContextArguments {
  private let values: [String: JSONValue]

  /// The most code points of the answer.
  let size: Int

  /// Takes the arguments of a call.
  ///
  /// - Throws: What is missing, unknown or of the wrong kind, for the program to read.
  init(_ arguments: JSONValue, of tool: ContextTool) throws(CommandError) {
    guard case .object(let members) = arguments else {
      throw Self.mistake("The arguments are an object.")
    }
    var values: [String: JSONValue] = [:]
    for member in members {
      guard let argument = tool.arguments.first(where: { $0.name == member.name }) else {
        let names = tool.arguments.map(\.name).joined(separator: ", ")
        throw Self.mistake(
          "\(tool.rawValue) has no argument \(member.name).",
          names.isEmpty ? "It takes none." : "It takes \(names).")
      }
      switch (argument.type, member.value) {
      case ("string", .string): break
      case ("integer", .integer(let number)):
        guard number >= argument.least ?? .min, number <= argument.most ?? .max else {
          throw Self.mistake(
            "\(argument.name) is \(number).",
            "It is between \(argument.least ?? 0) and \(argument.most ?? 0).")
        }
      case (_, .null) where !argument.isRequired: continue
      default: throw Self.mistake("\(argument.name) is no \(argument.type).")
      }
      values[member.name] = member.value
    }
    for argument in tool.arguments where argument.isRequired && values[argument.name] == nil {
      throw Self.mistake("\(tool.rawValue) needs the argument \(argument.name).")
    }
    self.values = values
    if case .integer(let size) = values["max_chars"] {
      self.size = size
    } else {
      size = ContextTool.usualSize
    }
  }

  private static func mistake(_ message: String, _ hint: String? = nil) -> CommandError {
    CommandError(code: "arguments", message: message, hint: hint)
  }

  /// The text of an argument; nothing where it was not given.
  func text(_ name: String) -> String { values[name]?.string ?? "" }

  /// Where an answer begins: what the cursor says, else the start.
  ///
  /// - Parameter subject: What the call is about, which the cursor has to be of.
  func place(for subject: String) throws(CommandError) -> Int {
    guard let cursor = values["cursor"]?.string else { return 0 }
    let parts = cursor.split(separator: "-", maxSplits: 1)
    guard parts.count == 2, let place = Int(parts[0]), (0...1_000_000_000).contains(place),
      parts[1] == Self.mark(of: subject)
    else {
      throw Self.mistake(
        "The cursor is not one of this call.", "Leave it out to begin at the start.")
    }
    return place
  }

  /// The cursor of a place.
  func cursor(_ place: Int, for subject: String) -> String {
    "\(place)-\(Self.mark(of: subject))"
  }

  /// A few letters that differ from call to call: FNV-1a, 32 bits (Fowler, Noll, Vo).
  private static func mark(of subject: String) -> String {
    var hash: UInt32 = 2_166_136_261
    for byte in subject.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return String(hash, radix: 36)
  }
}
