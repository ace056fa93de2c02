// evsearch(1).

extension ManPage {
  /// evsearch(1).
  static var program: String {
    head("evsearch", 1, "find passages in a folder of articles") + """
      .SH SYNOPSIS
      .B evsearch
      [\\fIoptions\\fR] \\fIquery\\fR ...
      .br
      .B evsearch \\-i
      [\\fIquery\\fR ...]
      .br
      .B evsearch index
      [\\fIoptions\\fR] [\\fIfolder\\fR]
      .br
      .B evsearch
      \\fIcommand\\fR [\\fIoptions\\fR]
      .br
      .B evsearch
      .SH DESCRIPTION
      evsearch indexes a folder of articles and answers queries with the passages that match best.
      Whatever is typed is a query; nothing is a syntax error (see evsearch\\-query(7)). Without a query
      there is a session on a terminal; evsearch - reads queries from the standard input, one a line.
      .PP
      A query that is the name of a command, or that begins with a hyphen, goes behind two hyphens.
      .SH OPTIONS OF A SEARCH

      """ + options(of: SearchCommand.self) + """
        .SH COMMANDS
        .SS index

        """ + options(of: IndexCommand.self) + ".SS watch\n" + options(of: WatchCommand.self)
      + ".SS status\n" + options(of: StatusCommand.self)
      + list([
        ("check [--repair]", "Read all of the index and compare it with what its format says."),
        ("terms [PREFIX]", "Words of the index that begin so, and how many documents have them."),
        ("get PATH", "The text of a document, as it is indexed."),
        ("mcp", "Serve search, get and status to a program, by the Model Context Protocol."),
        (
          "serve [--port N] [--host ADDRESS]",
          "Serve the index by HTTP, to this machine unless --host says otherwise: /search?q=WORDS answers"
            + " with the JSON of a search, / with a page."
        ),
        ("optimize [INDEX]", "Make the index one segment, in the order of paths."),
        ("merge FOLDER ... --into FOLDER", "Join indexes that were built apart."),
        ("analyze TEXT, inspect [TERM]", "What becomes of a text; the inside of the index."),
        ("eval FOLDER", "Measure the ranking on judged queries."),
        ("repl", "A session; .help lists its commands."),
      ]) + """
        .SH EXIT STATUS

        """
      + list([
        ("0", "Something was found, or what was asked for is done; with status --check: current."),
        ("1", "Nothing was found; with status --check: files are new, changed or removed."),
        ("2", "The command line, the index or the system is at fault."),
        ("130", "Ctrl-C ended the program."),
      ]) + ".SH ENVIRONMENT\n"
      + list([
        ("EVSEARCH_INDEX", "The folder of the index, unless --index names one."),
        ("EVSEARCH_HISTORY", "The file of the lines that were entered in sessions."),
        (
          "EVSEARCH_COLORS, GREP_COLORS",
          "Colours in grep's form: mt (matches), fn (paths), ln (lines), se (separators), ti (titles),"
            + " fa (faint), mi (missing words), wa (warnings)."
        ),
        ("EVSEARCH_PAGER, PAGER", "The pager; nothing or cat switches it off."),
        ("LESS", "FRX where it is not set."),
        ("NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, TERM", "Whether there is colour."),
        ("VISUAL, EDITOR", "The editor that opens hits."),
        ("COLUMNS, LINES", "The size of the screen."),
        (
          "XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME, XDG_RUNTIME_DIR, TMPDIR",
          "Folders for settings, an index of one's own, the history, and what one search needs."
        ),
        ("CI", "No progress bar."),
      ]) + ".SH FILES\n"
      + list([
        (".evsearch/", "The index of the folder that it is in; see evsearch-index(5)."),
        (
          "~/.local/share/evsearch/default",
          "The index that is searched where none is found upwards; make it with --index."
        ),
        (".gitignore, .ignore, .evsearchignore", "What is not indexed, in git's form."),
        ("~/.config/evsearch/config.toml, .evsearch.toml", "Settings; see evsearch-config(5)."),
        ("~/.config/evsearch/replrc", "Lines that are run when a session begins."),
        ("~/.local/state/evsearch/history", "The lines that were entered in sessions."),
      ]) + ".SH EXAMPLES\n"
      + list([
        ("evsearch index ~/articles", "Index a folder, or bring its index up to date."),
        ("evsearch lock-in rate", "The best passages about both words."),
        ("evsearch '\"lock-in rate\"' -l", "The paths of documents with the phrase."),
        ("evsearch --json FF91 | jq .total", "For programs."),
        ("evsearch status --check", "In CI: whether the index is of what the folder holds."),
      ]) + """
        .SH NOTES
        A text above 32 MB, or what \\-\\-max\\-filesize says, is not indexed: memory holds 6 to 9 times the size of
        the text that is being read, and 8 to 15 times where no spaces are written. With \\-\\-memory, one that would not
        fit is skipped, too. Archives and files of records may have any size, but not a record. What is unpacked is
        bounded as well.
        .SH SEE ALSO
        evsearch\\-query(7), evsearch\\-config(5), evsearch\\-index(5), grep(1), rg(1)

        """
  }
}
