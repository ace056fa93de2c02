// A folder with queries, what people judged to answer them, and the documents.

import EvBytes
import EvIndex
import EvSearch
import EvTerminal
import Glibc

/// A collection that rankings are measured on.
struct JudgedCollection {
  /// The folder, an absolute path.
  let folder: String

  /// What the names of the queries that are wanted begin with.
  let only: String

  /// Where the collection's index is.
  struct Place {
    let path: String
    let isTemporary: Bool

    func removeIfTemporary() {
      // What cannot be removed is left to whoever clears the place of temporary files.
      if isTemporary { try? FileSystem.remove(path) }
    }
  }

  /// The queries, and the judgements of them.
  func judgedQueries() throws(CommandError) -> ([JudgedQuery], Judgements) {
    do throws(EvaluationError) {
      let (queryFile, judgementFile) = (folder + "/queries.tsv", folder + "/qrels.txt")
      let judgements = try Judgements.read(from: judgementFile)
      let queries = try JudgedQuery.read(from: queryFile)
        .filter { $0.id.hasPrefix(only) && judgements.gains[$0.id] != nil }
      guard !queries.isEmpty else {
        throw .nothingJudged(queries: queryFile, judgements: judgementFile)
      }
      return (queries, judgements)
    } catch {
      throw CommandError(error)
    }
  }

  /// Where the answers stand in the documents; nil where the collection does not say.
  func answers() throws(CommandError) -> JudgedAnswers? {
    let path = folder + "/answers.tsv"
    guard SystemCalls.exists(path) else { return nil }
    do throws(EvaluationError) {
      return try JudgedAnswers.read(from: path)
    } catch {
      throw CommandError(error)
    }
  }

  /// The index that is named, else a temporary one that is built now.
  func index(_ named: String?, on console: Console) throws(CommandError) -> Place {
    if let named {
      return Place(path: FilePath.absolute(named, in: console.workingFolder), isTemporary: false)
    }
    let names = ["corpus.jsonl", "corpus.jsonl.zst", "corpus.jsonl.gz", "corpus"]
    guard let name = names.first(where: { SystemCalls.exists("\(folder)/\($0)") }) else {
      throw CommandError(
        code: "no_documents", message: "\(folder) has no corpus.jsonl and no folder corpus.",
        hint: "Name an index of its documents: --index DIR")
    }
    let parent = console.environment["TMPDIR"] ?? "/tmp"
    guard let path = SystemCalls.makeTemporaryFolder(in: parent, prefix: "evsearch-eval-") else {
      throw CommandError(
        code: "system",
        message: "No folder can be made in \(parent): \(SystemCalls.message(errno)).")
    }
    let place = Place(path: path, isTemporary: true)
    var reading = CollectionConfiguration.Reading()
    reading.respectsIgnoreFiles = false
    do throws(CommandError) {
      let run = try IndexRun(
        target: IndexLocation.Target(root: "\(folder)/\(name)", indexPath: path),
        reading: reading, threads: SystemCalls.processorCount, rebuilds: true, optimizes: false)
      _ = try run.index(showingProgressOn: console)
    } catch {
      place.removeIfTemporary()
      throw error
    }
    return place
  }
}

extension CommandError {
  /// An error of an evaluation's files.
  init(_ error: EvaluationError) {
    switch error {
    case .unreadable(let path, let reason):
      self.init(code: "unreadable", message: "\(path) cannot be read: \(reason).")
    case .malformed(let path, let line, let reason):
      self.init(code: "malformed", message: "\(path), line \(line): \(reason).")
    case .nothingJudged(let queries, let judgements):
      self.init(
        code: "nothing_judged", message: "No query of \(queries) is judged in \(judgements).",
        hint: "Both files have to call the queries by the same names.")
    @unknown default: self.init(code: "evaluation", message: "\(error)")
    }
  }
}
