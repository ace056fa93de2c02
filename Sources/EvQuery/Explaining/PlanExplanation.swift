public import EvIndex

/// How a query is executed: which kernels run, and how much of each list they read.
public struct PlanExplanation: Equatable, Sendable, CustomStringConvertible {
  /// What was read of the list of a word, or of forms that were merged.
  public struct List: Equatable, Sendable {
    /// The words, as the index has them.
    public var name: String
    /// What they do in the query: `required`, `optional`, `excluded`, or `phrase`.
    public var role: String
    /// Documents of the segment that hold any of them.
    public var documentFrequency: Int
    /// Blocks of 128 postings.
    public var blockCount: Int
    /// How often a block's documents were decoded.
    public var documentBlocks: Int
    /// How often a block's frequencies were decoded.
    public var frequencyBlocks: Int
    /// How often a block was scored.
    public var scoredBlocks: Int
    /// Groups of 128 positions that were decoded.
    public var positionGroups: Int
  }

  /// A kernel's run over a segment; a segment without any step has nothing that matches.
  public struct Step: Equatable, Sendable {
    /// The segment's place in the snapshot, from 0.
    public var segment: Int
    /// The segment's documents.
    public var documentCount: Int
    /// The kernel, in words.
    public var kernel: String
    /// The lists, in the order in which the kernel used them.
    public var lists: [List]
  }

  /// The steps, in the order in which they were taken.
  public var steps: [Step]

  /// A line a step, and one for each of its lists.
  public var description: String {
    guard !steps.isEmpty else { return "nothing to do: no segment has what is asked for" }
    var lines: [String] = []
    for step in steps {
      lines.append("segment \(step.segment + 1), \(step.documentCount) documents: \(step.kernel)")
      for list in step.lists { lines.append("  \(list.description)") }
    }
    return lines.joined(separator: "\n")
  }
}

extension PlanExplanation.List: CustomStringConvertible {
  /// The list in a line.
  public var description: String {
    var line = "\(role) \(name): \(documentFrequency) "
    line += documentFrequency == 1 ? "document, " : "documents, "
    line += blockCount == 1 ? "1 block: " : "\(blockCount) blocks: "
    line += "decoded \(documentBlocks), skipped \(max(0, blockCount - documentBlocks)), "
    line += "frequencies \(frequencyBlocks), scored \(scoredBlocks)"
    return positionGroups > 0 ? line + ", groups of positions \(positionGroups)" : line
  }
}

extension Searcher {
  /// Searches, and says how that was done.
  ///
  /// Takes as long as the search; the hits are those of ``search(_:limit:counts:statistics:)``.
  public func explainPlan(
    _ query: Query, limit: Int, counts: Bool = true, statistics: CollectionStatistics? = nil
  ) throws(IndexError) -> PlanExplanation {
    let trace = ExecutionTrace()
    _ = try search(query, limit: limit, counts: counts, statistics: statistics, trace: trace)
    return PlanExplanation(
      steps: trace.steps.map { step in
        PlanExplanation.Step(
          segment: step.segment,
          documentCount: snapshot.segments[step.segment].info.documentCount,
          kernel: step.kernel, lists: step.lists.map { list(of: $0, trace.plan) })
      })
  }

  private func list(of traced: ExecutionTrace.List, _ plan: Plan?) -> PlanExplanation.List {
    var (name, role) = plan?.nameAndRole(of: traced.term) ?? ("", "")
    (name, role) = (traced.name ?? name, traced.role ?? role)
    return PlanExplanation.List(
      name: name, role: role, documentFrequency: traced.documentFrequency,
      blockCount: traced.blockCount, documentBlocks: traced.work.documents,
      frequencyBlocks: traced.work.frequencies, scoredBlocks: traced.work.scores,
      positionGroups: traced.positionGroups)
  }
}

extension Plan {
  /// The word of a list, and what it does in the query.
  fileprivate func nameAndRole(of term: Int) -> (name: String, role: String) {
    if case .phrase = kind { return (words[term], "phrase") }
    let name = words[clauses[term].word]
    switch clauses[term].role {
    case .required: return (name, "required")
    case .optional: return (name, "optional")
    case .excluded: return (name, "excluded")
    }
  }
}
