/// What the kernels of a search did, for people who want to know; ``PlanExplanation`` says it in words.
///
/// Lists count their own work in any case, an addition a block; a trace only reads these numbers once a
/// kernel is done.
final class ExecutionTrace {
  /// The work on a list.
  struct List {
    /// Which clause of the plan the list is of; of a phrase, which of its words.
    var term: Int
    var documentFrequency: Int
    /// Blocks of 128 postings.
    var blockCount: Int
    var work: TermList.Work
    /// The words, and what they do in the query; nil where the plan says so.
    var name: String?
    var role: String?
    /// Groups of 128 positions that were decoded.
    var positionGroups = 0
  }

  /// A kernel's run over a segment.
  struct Step {
    var segment: Int
    var kernel: String
    var lists: [List]
  }

  /// The plan; nil where documents are looked at one by one.
  var plan: Plan?

  private(set) var steps: [Step] = []

  func add(_ segment: Int, kernel: String, _ lists: [List]) {
    steps.append(Step(segment: segment, kernel: kernel, lists: lists))
  }
}
