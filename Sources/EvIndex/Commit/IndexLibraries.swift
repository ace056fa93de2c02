internal import EvAnalysis

/// The libraries that the bytes of an index depend on.
public enum IndexLibraries {
  /// Their names and versions, sorted by name.
  public static var versions: [(name: String, version: String)] {
    [
      ("icu", Analyzer.icuVersion), ("snowball", Stemmer.fingerprint),
      ("zstd", Decompressor.version),
    ]
  }
}
