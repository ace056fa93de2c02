public import EvIndex

extension RandomCorpus {
  /// Documents as ``documents(_:longest:)``, in folders and with metadata; some have none.
  ///
  /// - Parameter first: The number that the first one is named by.
  public mutating func describedDocuments(
    _ count: Int, longest: Int = 60, from first: Int = 0, seed: UInt64
  ) -> [Document] {
    var random = SplitMix64(seed: seed)
    return documents(count, longest: longest).enumerated().map { index, document in
      let number = first + index
      var document = document
      let folder = ["", "en/", "en/news/", "zh/"].randomElement(using: &random) ?? ""
      let name = String(repeating: "0", count: 5 - String(number).count) + String(number)
      document.path = "\(folder)\(name).txt"
      if Int.random(in: 0..<4, using: &random) == 0 {
        document = Document(path: folder + "all.jsonl", record: name, text: document.text)
      }
      document.metadata = metadata(&random)
      return document
    }
  }

  /// What may be known of a document.
  private func metadata(_ random: inout SplitMix64) -> Document.Metadata {
    var metadata = Document.Metadata()
    func happens() -> Bool { Int.random(in: 0..<2, using: &random) == 0 }
    if happens() {
      metadata.language = ["en", "en-US", "de", "zh_Hant"].randomElement(using: &random)
    }
    if happens() {
      metadata.source = ["EV Daily", "The  Wire", "ÉLAN"].randomElement(using: &random)
    }
    if happens() { metadata.tags = ["NIO", "orders", "Range"].shuffled(using: &random) }
    if happens() {
      let day = Int.random(in: 18_000..<20_000, using: &random)
      metadata.date = CalendarDate(day: day)?.description
    } else if happens() {
      metadata.date = "some day"
    }
    if happens() { metadata.encoding = "GB18030" }
    return metadata
  }
}
