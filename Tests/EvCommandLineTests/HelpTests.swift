import EvTestSupport
import EvTerminal
import Foundation
import Testing

@testable import EvCommandLine

/// Texts that are kept word for word; `EV_RECORD=1` writes them anew.
enum Golden {
  static func check(_ text: String, _ name: String) throws {
    let path = Repository.root + "/Tests/EvCommandLineTests/Golden/" + name
    if unsafe getenv("EV_RECORD") != nil {
      try FileManager.default.createDirectory(
        atPath: Repository.root + "/Tests/EvCommandLineTests/Golden",
        withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }
    let expected = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    #expect(text == expected, "\(name) differs; EV_RECORD=1 swift test --filter … writes it anew")
  }
}

@Suite struct HelpTests {
  private func printed(_ arguments: String...) throws -> String {
    let recorded = RecordedConsole()
    #expect(EvSearchCommand.run(arguments, on: recorded.console) == .success)
    #expect(recorded.errors == "")
    return recorded.output
  }

  @Test func `the short help is a screen`() throws {
    let text = try printed("-h")
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 32)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    try Golden.check(text, "help-short.txt")
  }

  @Test func `the long help has every option of a search`() throws {
    let text = try printed("--help")
    for option in ["--format", "--passages", "--strict", "--open", "--require-fresh", "--mark"] {
      #expect(text.contains(option))
    }
    try Golden.check(text, "help-long.txt")
  }

  @Test(arguments: Help.kinds)
  func `every kind of file is generated`(kind: String) throws {
    let text = try printed("--generate", kind)
    #expect(text.contains("evsearch"))
    #expect(try printed("--generate=\(kind)") == text)
  }

  @Test func `the manual has every option that the help has`() throws {
    let help = Help.search(columns: 10_000)
    let options = Set(
      help.split { !$0.isLetter && $0 != "-" }.filter { $0.hasPrefix("--") }.map(String.init))
    #expect(options.count > 20)
    for option in options {
      #expect(ManPage.program.contains(ManPage.escaped(option)), "\(option)")
    }
    for key in Configuration.keys {
      #expect(ManPage.configuration.contains(ManPage.escaped(key.name)))
    }
  }

  @Test func `the manual's queries mean what it says, and it has every field that there is`() throws
  {
    let folder = try TemporaryDirectory()
    try folder.write("T/a.md", "# The rate\n\nNIO orders lock a lock-in rate of 35% at 800 V.\n")
    func run(_ arguments: String...) -> RecordedConsole {
      let recorded = RecordedConsole(in: folder.path("T"))
      _ = EvSearchCommand.run(arguments, on: recorded.console)
      return recorded
    }
    #expect(run("index", ".").errors.contains("Indexed 1 document"))
    for form in ManPage.queryForms {
      for example in form.examples {
        let console = run("--strict", "--", example)
        #expect(!console.errors.contains("--strict"), "\(example): \(console.errors)")
        #expect(!console.errors.contains("literally"), "\(example): \(console.errors)")
        #expect(ManPage.query.contains(ManPage.escaped(example)), "\(example)")
      }
    }
    // A word that is no field is taken literally, and that is said.
    for name in ["title", "path", "ext", "lang", "source", "tag", "date", "url", "author", "site"] {
      let isField = !run("--", "\(name):x").errors.contains("literally")
      #expect(ManPage.query.contains("\(name):") == isField, "\(name)")
      #expect(ReplCompletion.fields.contains("\(name):") == isField, "\(name)")
    }
  }

  @Test(
    .enabled(if: SystemCalls.exists("/usr/bin/man"), "needs man"),
    arguments: ["man", "man-query", "man-config", "man-index"])
  func `a formatter finds nothing wrong with a page`(kind: String) throws {
    let folder = try TemporaryDirectory()
    let path = try folder.write("page", try printed("--generate", kind))
    let command = "man --warnings -E UTF-8 -l -Tutf8 -Z \(path) 2>&1 >/dev/null"
    #expect(ChildProcess.run(["sh", "-c", "test -z \"$(\(command))\""]) == .exited(0))
  }
}

@Suite struct CompletionScriptTests {
  /// What a shell is to offer behind words that are typed.
  private static let offers = [
    ("--li", "--limit"), ("lock --li", "--limit"), ("lock --format j", "jsonl"), ("sta", "status"),
    ("status --sk", "--skipped"), ("index --dry", "--dry-run"),
  ]

  @Test(arguments: offers)
  func `bash completes the options of a search that names no command`(
    typed: String, offer: String
  ) throws {
    let folder = try TemporaryDirectory()
    try folder.write("script", try #require(Help.generated("complete-bash")))
    let line = """
      compopt() { :; }
      source '\(folder.path("script"))'
      COMP_LINE='evsearch \(typed)'; COMP_POINT=${#COMP_LINE}
      COMP_WORDS=($COMP_LINE); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
      _evsearch evsearch "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\\n' "${COMPREPLY[@]}" | grep -qx -e '\(offer) *'
      """
    #expect(ChildProcess.run(["bash", "-c", line]) == .exited(0))
  }

  @Test(arguments: ["complete-zsh", "complete-fish"])
  func `the scripts of other shells know it too`(kind: String) throws {
    let names = Arguments.commands.sorted().joined(separator: " ")
    let script = try #require(Help.generated(kind))
    #expect(script.contains(names) && !script.contains("'./"))
  }
}

@Suite struct ConfigurationTests {
  @Test func `settings are options, and what was typed comes behind them`() throws {
    #expect(
      try Configuration.parse(
        "# mine\nlimit = 20 # many\ncolor = \"never\"\n\npager=false\nstrict = true\n", file: "f")
        == ["--limit=20", "--color=never", "--no-pager", "--strict"])
  }

  @Test(arguments: [
    "limit", "limit = ", "limit = x", "limit = -1", "nosuch = 1", "exec = \"rm\"", "color = never",
    "color = \"never", "color = \"a\" b", "pager = 1", "[section]", "\u{0}=1",
  ])
  func `a mistake names its file and line`(line: String) {
    do throws(CommandError) {
      _ = try Configuration.parse("\n" + line, file: "/x/config.toml")
      Issue.record("\(line) was taken")
    } catch {
      #expect(error.message.hasPrefix("/x/config.toml:2: "))
    }
  }

  @Test func `a project's settings beat a person's, and an option beats both`() throws {
    let folder = try TemporaryDirectory()
    let texts = [
      "The rate of interest rose.", "A rate for boats is low.", "Every train has its own rate.",
      "One rate by plane costs more.",
    ]
    for (number, text) in texts.enumerated() { try folder.write("T/\(number).txt", text + "\n") }
    try folder.write("home/evsearch/config.toml", "limit = 1\ncolor = \"always\"\n")
    try folder.write("T/.evsearch.toml", "limit = 2\n")
    func lines(_ arguments: String...) -> [Substring] {
      let recorded = RecordedConsole(
        in: folder.path("T"), variables: ["XDG_CONFIG_HOME": folder.path("home")])
      _ = EvSearchCommand.run(arguments, on: recorded.console)
      return recorded.output.split(separator: "\n")
    }
    #expect(lines("index", ".").isEmpty)
    #expect(lines("rate").count == 2)
    #expect(lines("rate")[0].contains("\u{1B}["))
    #expect(lines("-n3", "rate").count == 3)
    #expect(lines("--no-color", "rate").allSatisfy { !$0.contains("\u{1B}") })
    try folder.write("T/one.toml", "limit = 4\n")
    #expect(lines("--config", "one.toml", "rate").count == 4)
    try folder.write("T/.evsearch.toml", "limit = \n")
    #expect(lines("rate").isEmpty)
    #expect(lines("--json", "rate").joined().contains("\"code\":\"configuration\""))
  }
}
