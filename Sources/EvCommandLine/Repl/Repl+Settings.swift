// What a session has set, and where its results go.

import EvSearch
import EvTerminal
import Glibc

/// A file that results go to.
struct OutputFile {
  let path: String
  let output: TextOutput
  /// Whether it is for one answer only.
  let isOnce: Bool
}

extension Repl {
  /// Changes a setting, or says what it is.
  mutating func set(_ setting: ReplSetting, _ value: String?) -> Outcome {
    if let value {
      guard apply(setting, value) else {
        return fail("\"\(value)\" is no value of \(setting.rawValue).")
      }
    }
    show(setting)
    return .done
  }

  /// Prints a setting and its value.
  func show(_ setting: ReplSetting) {
    let value =
      switch setting {
      case .mode: settings.form.name
      case .limit: String(settings.options.limit)
      case .passages: String(settings.passages)
      case .sort: settings.sort.rawValue
      case .reverse: Self.word(settings.reverse)
      case .explain: Self.word(settings.explains)
      case .timer: Self.word(settings.showsTime)
      case .pager: Self.word(settings.usesPager)
      case .strict: Self.word(settings.isStrict)
      case .refresh: Self.word(settings.refreshes)
      case .color: settings.color.rawValue
      }
    console.note("\(setting.rawValue) \(value)")
  }

  private mutating func apply(_ setting: ReplSetting, _ value: String) -> Bool {
    switch setting {
    case .mode:
      guard let format = OutputFormat(rawValue: value) else { return false }
      settings.form = .init(format)
    case .limit, .passages:
      guard let number = Int(value), (0...1_000_000_000).contains(number) else { return false }
      if setting == .limit { settings.limit = number } else { settings.passages = number }
    case .color:
      guard let choice = ColorChoice(rawValue: value) else { return false }
      settings.color = choice
    case .sort:
      guard let order = HitOrder(rawValue: value) else { return false }
      settings.sort = order
    case .reverse, .explain, .timer, .pager, .strict, .refresh:
      guard let isOn = ["on": true, "off": false][value] else { return false }
      switch setting {
      case .reverse: settings.reverse = isOn
      case .explain: settings.explains = isOn
      case .timer: settings.showsTime = isOn
      case .pager: settings.usesPager = isOn
      case .strict: settings.isStrict = isOn
      default: settings.refreshes = isOn
      }
    }
    return true
  }

  private static func word(_ isOn: Bool) -> String { isOn ? "on" : "off" }

  /// Sends results to a file, or to the screen again.
  mutating func redirect(to path: String?, isOnce: Bool) -> Outcome {
    file = nil
    guard let path else { return .done }
    let absolute = FilePath.absolute(path, in: console.workingFolder)
    guard
      let descriptor = SystemCalls.open(absolute, O_WRONLY | O_CREAT | O_TRUNC, mode: 0o644)
    else { return fail("\(path) cannot be written: \(SystemCalls.message(errno)).") }
    file = OutputFile(
      path: path, output: TextOutput(closing: descriptor), isOnce: isOnce)
    return .done
  }

  /// Runs the lines of a file as if they were typed.
  mutating func read(_ path: String) -> Outcome {
    guard depth < 10 else { return fail("Files that read each other are read ten deep only.") }
    let absolute = FilePath.absolute(path, in: console.workingFolder)
    guard !SystemCalls.isFolder(absolute),
      let descriptor = SystemCalls.open(absolute, O_RDONLY | O_NONBLOCK)
    else { return fail("\(path) cannot be read.") }
    defer { close(descriptor) }
    depth += 1
    defer { depth -= 1 }
    var lines = LineInput(descriptor: descriptor)
    var outcome = Outcome.done
    while let line = lines.next() {
      switch run(line) {
      case .done: break
      case .failed: outcome = .failed
      case .leave: return .leave
      }
    }
    return outcome
  }
}

extension SearchSettings.Form {
  /// The name by which a person sets the form.
  var name: String {
    switch self {
    case .text: "text"
    case .json: "json"
    case .jsonLines: "jsonl"
    case .separated(.commas): "csv"
    case .separated(.tabs): "tsv"
    case .markdown: "md"
    case .html: "html"
    case .paths: "paths"
    case .count: "count"
    case .nothing: "nothing"
    }
  }
}
