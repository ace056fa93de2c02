// evsearch-query(7), evsearch-config(5) and evsearch-index(5).

extension ManPage {
  /// What can be typed: examples of a form, and what they mean.
  static let queryForms: [(examples: [String], meaning: String)] = [
    (["rate"], "The word and its forms, such as rates; case, width and accents do not matter."),
    (
      ["lock-in", "FF91", "C++", "35%"],
      "Compounds, model names and signs in every spelling, the typed one first: lock-in, lock in and"
        + " lockin; FF91, FF 91 and FF-91."
    ),
    (["\"lock-in rate\""], "These words side by side, as they are."),
    (["\"lock rate\"~5"], "These words with at most five others between them."),
    (
      ["lock NEAR/5 rate", "lock NEAR \"lock-in rate\""],
      "The same, of words and quotations; NEAR alone is NEAR/10."
    ),
    (["+rate orders"], "What has a plus must occur; the others add to the score only."),
    (
      ["orders -rate", "orders NOT rate"],
      "What must not occur. A hyphen inside a word is no minus."
    ),
    (["orders OR rate"], "Either of them."),
    (["orders AND rate"], "Both of them, even where no document has all words."),
    (["(orders OR rate) NIO"], "A group."),
    (["lock*", "l?ck"], "Words that look so: * is any letters, ? is one."),
    (
      ["lokc~", "lokc~1"],
      "Words that nearly look so: with one change or two; never words with digits."
    ),
    (["/lo(ck|ad)s?/"], "Words that a regular expression matches as a whole."),
    (["rate^2", "(orders rate)^0.5"], "What counts twice, or half."),
    (["title:rate", "title:\"lock-in rate\""], "Only in titles."),
    (
      ["path:en", "ext:md", "lang:en", "source:\"EV Daily\"", "tag:NIO"],
      "Only documents of that folder, kind, language, source or tag."
    ),
    (
      ["date:2024-05", "date:2024-01..2024-03", "date:2024..", "date:yesterday"],
      "Only documents of that time, by their own date."
    ),
    (
      ["modified:today", "modified:last-week.."],
      "Only documents of files that were written then, whatever their own date."
    ),
    (["800V", "1,200 km"], "A number with its unit, in any spelling."),
    ([">=600km", "500..700km"], "Numbers of that size with that unit, in the text."),
  ]

  /// evsearch-query(7).
  static var query: String {
    head("evsearch-query", 7, "what can be typed into evsearch") + """
      .SH DESCRIPTION
      Whatever is typed is a query. What looks like an operator and cannot be one is taken literally,
      and a note says so. Words must all occur; where no document has them all, those with some are
      shown, and a note says so, unless \\-\\-strict was given.
      .SH FORMS

      """
      + list(
        queryForms.map { form in
          (form.examples.joined(separator: ", "), form.meaning)
        }) + """
        .SH THE SHELL
        The shell takes quotation marks away, and * and ( mean something to it: a phrase is typed as
        evsearch '"lock\\-in rate"'.
        .SH SEE ALSO
        evsearch(1)

        """
  }

  /// evsearch-config(5).
  static var configuration: String {
    head("evsearch-config", 5, "settings of evsearch") + """
      .SH DESCRIPTION
      Settings are read from config.toml in the folder evsearch of XDG_CONFIG_HOME (~/.config), then from
      the nearest .evsearch.toml upwards, or from the one file that \\-\\-config names. What comes later
      wins, and options win over all of them. The files are data: nothing in them is ever run.
      .PP
      A line is
      .I key = value
      where a value is a text in quotation marks, a whole number, true or false; # begins a comment.
      .SH KEYS

      """
      + list(Configuration.keys.map { ($0.name, $0.meaning) }) + """
        .SH EXAMPLE
        .nf
        limit = 20
        color = "never"
        pager = false
        .fi
        .SH SEE ALSO
        evsearch(1)

        """
  }

  /// evsearch-index(5).
  static var index: String {
    head("evsearch-index", 5, "the files of an index of evsearch") + """
      .SH DESCRIPTION
      An index is a folder. It can be moved with its documents, copied, and read while it is written.
      The same files give the same bytes on every machine with the same version of ICU.
      .SH FILES

      """
      + list([
        ("manifest", "What the index consists of; replaced as a whole at each commit."),
        (
          "collection.conf",
          "Where the documents come from, root = FOLDER, and which of its files are read, and how."
        ),
        ("files", "Size, time and hash of each file when it was indexed; of this machine only."),
        ("lock", "Held by the process that writes; it goes with that process."),
        ("building", "What is being written; of no meaning to readers."),
        ("16 digits", "A segment: terms, postings, positions, texts. It never changes."),
        ("16.16 digits", "Which documents of a segment are deleted."),
        (".gitignore, CACHEDIR.TAG", "In .evsearch only: keep it out of git and of backups."),
      ]) + """
        .SH NOTES
        An index of another version is refused with one line, and never deleted. evsearch check reads all
        of an index and holds it against everything that its format says. Whatever is wrong with an index,
        evsearch index builds it again from the files.
        .SH SEE ALSO
        evsearch(1)

        """
  }
}
