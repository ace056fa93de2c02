// Keeping an index up to date while its files change.

import ArgumentParser
import EvSearch
import EvTerminal
import Glibc

/// Updates an index whenever files of its folder change.
struct WatchCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Update the index whenever files change.",
    discussion: """
      It waits until no file has changed for a moment, and works at low priority. Ctrl-C ends it; the \
      index is then that of the last update. Without it, evsearch index does the same once.
      """)

  @Argument(
    help: "The folder of documents; otherwise that of the index which a search would use.",
    completion: .directory)
  var folder: String?

  @OptionGroup var files: FileOptions

  @Option(
    help: ArgumentHelp(
      "How long nothing must have changed before an update, in milliseconds.",
      valueName: "milliseconds"))
  var settle = 500

  @OptionGroup var common: CommonOptions

  var color: ColorChoice { common.colorChoice }

  /// A folder that never comes to rest is updated after so many moments of rest nonetheless.
  private static let longestUnrest = 20

  func validate() throws {
    guard (10...600_000).contains(settle) else {
      throw ValidationError("--settle must be between 10 and 600000, not \(settle).")
    }
  }

  func run(on console: Console) throws(CommandError) -> ExitStatus {
    let target = try IndexLocation.target(folder: folder, common.indexPath, on: console)
    guard let watch = FolderWatch() else {
      throw CommandError(
        code: "watch",
        message: "The system offers no way to watch files: "
          + "\(SystemCalls.message(errno)).",
        hint: "Update now and then: evsearch index")
    }
    SystemCalls.yieldToOthers()
    var isFirst = true
    while true {
      // In front of the update, so that no change falls between the two.
      try addFolders(of: target, to: watch)
      try update(target, watch, isFirst: isFirst, on: console)
      isFirst = false
      guard waitForChange(watch) else {
        console.note("Stopped watching; the index is whole.")
        return .interrupted
      }
    }
  }

  /// Waits for a change, and then for rest.
  ///
  /// - Returns: False where the person wants to end it.
  private func waitForChange(_ watch: FolderWatch) -> Bool {
    var event = watch.wait(milliseconds: nil)
    for _ in 0..<Self.longestUnrest where event == .changed {
      event = watch.wait(milliseconds: Int32(settle))
    }
    return event != .interrupted
  }

  private func addFolders(
    of target: IndexLocation.Target, to watch: FolderWatch
  ) throws(CommandError) {
    let folders = SystemCalls.folders(in: target.root) { path, name in
      // A hidden folder can be wanted, but never those of the index and of git.
      path != target.indexPath && name != ".git"
    }
    for folder in folders {
      let code = watch.add(folder)
      // A folder can be gone by now; the next update sees that.
      guard code == ENOSPC || code == EMFILE else { continue }
      throw CommandError(
        code: "watch", message: "There are more folders than the system lets a program watch.",
        hint: "Raise it: sysctl fs.inotify.max_user_watches")
    }
  }

  private func update(
    _ target: IndexLocation.Target, _ watch: FolderWatch, isFirst: Bool, on console: Console
  ) throws(CommandError) {
    // Ctrl-C ends an update at once: what was committed is whole.
    watch.releaseSignals()
    let run = try IndexRun(
      target: target, reading: files.reading(after: IndexRun.kept(in: target.indexPath)),
      threads: 1, rebuilds: false, optimizes: false, whenLocked: { _ in })
    let report = try run.index(showingProgressOn: isFirst ? console : nil)
    PrivateFolder.mark(target.indexPath)
    // In front of the line that a person waits for.
    watch.catchSignals()
    let files = report.summary.files
    if isFirst {
      for line in report.lines(indexPath: nil).dropLast() { console.note(line, color: color) }
      console.note("Watching \(target.root). Ctrl-C ends it.")
    } else if files.new + files.changed + files.removed > 0 {
      console.note(
        "\(files.new) new, \(files.changed) changed, \(files.removed) removed: "
          + Quantities.count(report.summary.documents, "document"))
    }
  }
}
