// Folding of short texts that are no prose: names, keywords, tags of languages.

/// Folds as the words of the standard analysis are folded, but keeps everything else.
public enum Folding {
  /// The text after NFKC_Casefold; as it is, if ICU should fail.
  public static func fold(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      return String(decoding: text.utf8.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
    var folded = FoldedText()
    var units = Array(text.utf16)
    // ICU fails for lack of memory only.
    do throws(AnalysisError) { try folded.fold(&units) } catch { return text }
    return String(decoding: folded.units, as: UTF16.self)
  }
}
