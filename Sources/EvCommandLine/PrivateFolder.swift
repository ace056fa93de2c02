// What keeps an index of ours out of other people's tools.

import EvTerminal
import Glibc

/// The folder `.evsearch` inside a collection.
enum PrivateFolder {
  /// Tells git to leave the folder alone, and backup programs that it can be made again.
  ///
  /// Only in a folder of that name: one that a person has named may be meant for a repository. What
  /// is there already stays. The two files are no part of the index, and it is as good without them.
  static func mark(_ indexPath: String) {
    guard indexPath.hasSuffix("/.evsearch") else { return }
    let files = [
      (".gitignore", "# This index can be made again: evsearch index\n*\n"),
      (
        "CACHEDIR.TAG",
        "Signature: 8a477f597d28d172789f06886806bc55\n"
          + "# This folder is an index of evsearch. About the line above: https://bford.info/cachedir/\n"
      ),
    ]
    for (name, text) in files {
      guard
        let descriptor = SystemCalls.open(
          "\(indexPath)/\(name)", O_WRONLY | O_CREAT | O_EXCL, mode: 0o644)
      else { continue }
      TextOutput(descriptor: descriptor, isTerminal: false).write(text)
      close(descriptor)
    }
  }
}
