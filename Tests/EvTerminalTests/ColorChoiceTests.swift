import EvTerminal
import Testing

@Suite struct ColorChoiceTests {
  struct Row: CustomTestStringConvertible {
    let choice: ColorChoice
    let isTerminal: Bool
    let variables: [String: String]
    let isColored: Bool
    var testDescription: String { "\(choice) \(isTerminal ? "terminal" : "pipe") \(variables)" }

    init(_ choice: ColorChoice, _ isTerminal: Bool, _ variables: [String: String], _ is: Bool) {
      self.choice = choice
      self.isTerminal = isTerminal
      self.variables = variables
      isColored = `is`
    }
  }

  @Test(arguments: [
    Row(.auto, true, [:], true),
    Row(.auto, true, ["TERM": "xterm-256color"], true),
    Row(.auto, true, ["TERM": "dumb"], false),
    Row(.auto, true, ["NO_COLOR": "1"], false),
    Row(.auto, true, ["NO_COLOR": "0"], false),
    Row(.auto, true, ["NO_COLOR": ""], true),
    Row(.auto, true, ["NO_COLOR": "1", "FORCE_COLOR": "1"], false),
    Row(.auto, false, [:], false),
    Row(.auto, false, ["FORCE_COLOR": "1"], true),
    Row(.auto, false, ["FORCE_COLOR": "0"], false),
    Row(.auto, false, ["FORCE_COLOR": ""], false),
    Row(.auto, false, ["CLICOLOR_FORCE": "1"], true),
    Row(.auto, false, ["CLICOLOR_FORCE": "1", "NO_COLOR": ""], true),
    Row(.auto, true, ["FORCE_COLOR": "1", "TERM": "dumb"], true),
    Row(.always, false, [:], true),
    Row(.always, false, ["NO_COLOR": "1"], true),
    Row(.always, true, ["TERM": "dumb"], true),
    Row(.never, true, [:], false),
    Row(.never, true, ["FORCE_COLOR": "1"], false),
  ])
  func `the option beats NO_COLOR, which beats FORCE_COLOR, which beats the terminal`(row: Row) {
    let environment = Environment(row.variables)
    #expect(
      row.choice.isColored(isTerminal: row.isTerminal, environment: environment) == row.isColored)
  }

  @Test func `colours come from EVSEARCH_COLORS before GREP_COLORS`() {
    let text = StyledText("x", .match)
    let grep = Palette(environment: Environment(["GREP_COLORS": "mt=01;32"]))
    let both = Palette(
      environment: Environment(["GREP_COLORS": "mt=1", "EVSEARCH_COLORS": "mt=4"]))
    #expect(text.rendered(.standard) == "\u{1B}[01;31mx\u{1B}[0m")
    #expect(text.rendered(grep) == "\u{1B}[01;32mx\u{1B}[0m")
    #expect(text.rendered(both) == "\u{1B}[4mx\u{1B}[0m")
  }

  @Test(arguments: ["mt=\u{1B}]0;owned\u{7}", "mt=1;x", "mt", "=", "::=:", "mt=1=2", "zz=1"])
  func `a colour that is not a row of numbers is passed over`(setting: String) {
    let palette = Palette(environment: Environment(["EVSEARCH_COLORS": setting]))
    #expect(palette == .standard)
  }

  @Test func `an empty colour is none`() {
    let palette = Palette(environment: Environment(["EVSEARCH_COLORS": "mt="]))
    #expect(StyledText("x", .match).rendered(palette) == "x")
  }
}
