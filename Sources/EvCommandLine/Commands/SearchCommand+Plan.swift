import EvSearch
import EvTerminal

extension SearchCommand {
  /// Says how a query is executed.
  func explainPlan(
    of text: String, in path: String, _ settings: SearchSettings, on console: Console
  ) throws(CommandError) -> ExitStatus {
    do throws(IndexError) {
      let plan = try SearchIndex.open(at: path).explainPlan(text, settings.options)
      let palette = console.palette(of: console.output, color)
      for line in plan.description.split(separator: "\n") {
        console.output.write(StyledText(String(line)), palette)
      }
      return .success
    } catch {
      throw CommandError(error)
    }
  }
}
