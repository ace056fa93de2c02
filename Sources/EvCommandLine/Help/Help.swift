// What -h, --help and --generate print.

import ArgumentParser

/// Texts that explain the program.
enum Help {
  /// What `-h` prints: the options that most people need, on one screen.
  static let short = """
    evsearch finds passages in a folder of articles.

    USAGE
      evsearch [OPTIONS] WORDS...     search; nothing that is typed is an error
      evsearch WORDS FOLDER/          search a folder, and index it where it is not
      evsearch                        a session with history and completion
      evsearch -i [WORDS]             search while you type
      evsearch index [FOLDER]         index a folder, or bring its index up to date

    OPTIONS OF A SEARCH
      -n, --limit N                   how many documents (10; 0 for all)
      -l, -c, -q                      paths only, count only, exit status only
      -C N                            lines around each passage too
      --passages N                    passages of a document (1)
      --format FORM, --json, --jsonl  text, json, jsonl, csv, tsv, md, html, paths
      --open N, -x COMMAND            open a hit in your editor, run a program
      --strict                        all words, or nothing
      --index PATH                    the index, if not the nearest one upwards

    OTHER COMMANDS
      watch, optimize, status, check, terms, get, serve, mcp: evsearch help COMMAND

    The exit status is 0 when something was found, 1 when not, 2 on an error.
    More: evsearch --help, man evsearch, man evsearch-query
    """

  /// What `--help` prints: the commands, and all options of a search.
  static func long(columns: Int) -> String {
    let root = RootCommand.helpMessage(columns: columns)
    let search = search(columns: columns)
    guard let options = search.firstRange(of: "ARGUMENTS:") else { return root }
    return root + "\n\nOF A SEARCH\n\n" + search[options.lowerBound...]
  }

  /// The help of a search alone.
  static func search(columns: Int) -> String {
    RootCommand.helpMessage(for: SearchCommand.self, columns: columns)
  }

  /// The kinds of files that `--generate` writes.
  static let kinds = [
    "man", "man-query", "man-config", "man-index", "complete-bash", "complete-zsh",
    "complete-fish",
  ]

  /// What `--generate` is to write, where that is all that was asked for.
  static func generatedKind(_ arguments: [String]) -> String? {
    guard arguments.count <= 2, arguments.first?.hasPrefix("--generate") == true else { return nil }
    return arguments == ["--generate"] ? "" : Arguments.value(of: "--generate", in: arguments)
  }

  /// A file for packagers, or nil where there is none of that kind.
  static func generated(_ kind: String) -> String? {
    switch kind {
    case "man": ManPage.program
    case "man-query": ManPage.query
    case "man-config": ManPage.configuration
    case "man-index": ManPage.index
    case "complete-bash": CompletionScript.text(for: .bash)
    case "complete-zsh": CompletionScript.text(for: .zsh)
    case "complete-fish": CompletionScript.text(for: .fish)
    default: nil
    }
  }
}
