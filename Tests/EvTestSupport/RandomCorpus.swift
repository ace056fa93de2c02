public import EvIndex

/// Documents of made-up words, some frequent and most rare, as words are in language.
public struct RandomCorpus {
  /// The words, the most frequent first.
  public let words: [String]

  private var random: SplitMix64

  /// Creates a source of documents with `wordCount` different words.
  public init(seed: UInt64, wordCount: Int = 200) {
    random = SplitMix64(seed: seed)
    words = (0..<wordCount).map { number in
      let letters = Array("abcdefghijklmnopqrstuvwxyz")
      var rest = number
      var word = ""
      repeat {
        word.append(letters[rest % 26])
        rest /= 26
      } while rest > 0
      return "w" + word
    }
  }

  /// A word; the chance of the n-th is about 1/n of the first's.
  public mutating func word() -> String {
    let uniform = Double.random(in: 0..<1, using: &random)
    // The inverse of the distribution whose density is 1/x between 1 and the number of words.
    var index = 1.0
    for _ in 0..<Int(uniform * 53) { index *= 1.105 }
    return words[min(words.count - 1, Int(index) - 1)]
  }

  /// Documents of up to `longest` words each; some are empty.
  ///
  /// - Parameter hasFields: Whether most of them have a title, and some have headings.
  public mutating func documents(
    _ count: Int, longest: Int = 60, hasFields: Bool = false
  ) -> [Document] {
    (0..<count).map { number in
      let length = Int.random(in: 0...longest, using: &random)
      let words = (0..<length).map { _ in word() }
      var document = Document(path: "doc-\(number)", text: words.joined(separator: " "))
      if hasFields { addFields(&document, words.map(\.utf8.count)) }
      return document
    }
  }

  /// Makes the first words the title, and others headings.
  private mutating func addFields(_ document: inout Document, _ lengths: [Int]) {
    var offset = 0
    var index = Int.random(in: 0...min(5, lengths.count), using: &random)
    func end(of count: Int) -> Int {
      offset + lengths[index..<index + count].reduce(0) { $0 + $1 + 1 }
    }
    if index > 0 {
      document.title = 0..<lengths[..<index].reduce(0) { $0 + $1 + 1 } - 1
      offset = document.title.upperBound + 1
    }
    while index < lengths.count {
      let count = min(lengths.count - index, Int.random(in: 1...30, using: &random))
      let next = end(of: count)
      if Int.random(in: 0..<3, using: &random) == 0 { document.headings.append(offset..<next - 1) }
      offset = next
      index += count
    }
  }
}
