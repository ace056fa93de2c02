import EvAnalysis
import EvBytes
@testable import EvIndex
import EvTestSupport
import Testing

@Suite struct BatchPostingsTests {
  /// A random token: a term's number, and whether it is a joined form.
  private typealias Token = (term: UInt32, isJoined: Bool, field: BatchInverter.Field)

  /// Documents of random tokens.
  private static func tokens(
    _ seed: UInt64, documents: Int, terms: UInt32
  ) -> [[Token]] {
    var random = SplitMix64(seed: seed)
    return (0..<documents).map { _ in
      var field = BatchInverter.Field.body
      return (0..<Int.random(in: 0...300, using: &random)).map { index in
        // Some terms are in every document, and most are rare.
        let high = UInt32.random(in: 1...terms, using: &random)
        let isJoined = index > 0 && Int.random(in: 0..<8, using: &random) == 0
        if seed % 3 != 0, Int.random(in: 0..<20, using: &random) == 0 {
          field = [.body, .title, .heading].randomElement(using: &random) ?? .body
        }
        return (UInt32.random(in: 0..<high, using: &random), isJoined, field)
      }
    }
  }

  @Test(arguments: 0..<8)
  func `tokens sorted by term are unpacked as they came`(seed: UInt64) {
    let termCount: UInt32 = seed % 2 == 0 ? 20 : 3000
    let documents = Self.tokens(seed, documents: 200, terms: termCount)
    var expected = [PostingsList](repeating: PostingsList(), count: Int(termCount))
    for (number, tokens) in documents.enumerated() {
      var position = UInt32.max
      var previous: [UInt32: UInt32] = [:]
      for token in tokens {
        if !token.isJoined { position &+= 1 }
        let term = Int(token.term)
        if let before = previous[token.term] {
          expected[term].frequencies[expected[term].frequencies.count - 1] += 1
          expected[term].differences.append(position - before)
        } else {
          expected[term].documents.append(1000 + UInt32(number))
          expected[term].frequencies.append(1)
          expected[term].differences.append(position)
        }
        previous[token.term] = position
        expected[term].note(token.field)
      }
    }
    var changes: [BatchInverter.FieldChange] = []
    var index = 0
    for tokens in documents {
      var field = BatchInverter.Field.body
      for token in tokens {
        if token.field != field { changes.append((index, token.field)) }
        field = token.field
        index += 1
      }
    }

    var random = SplitMix64(seed: seed)
    let order = (0..<termCount).shuffled(using: &random)
    var inverter = BatchInverter()
    var stream = documents.joined().map { $0.term << 1 | ($0.isJoined ? 1 : 0) }
    // The second time with memory that was used before.
    let counts = documents.map(\.count)
    _ = inverter.invert(&stream, tokenCounts: counts, fieldChanges: changes, order: order)
    let postings = inverter.invert(
      &stream, tokenCounts: counts, fieldChanges: changes, order: order,
      keepsMemory: seed % 2 == 0)
    #expect(postings.ends.count == order.count)
    #expect(stream.isEmpty == (seed % 2 == 1))
    // One after the other in the same memory.
    var unpacker = PostingsUnpacker()
    var list = PostingsList()
    for (place, term) in order.enumerated() {
      let range = postings.range(of: place)
      unpacker.begin(byteCount: range.count)
      unpacker.append(postings, range, base: 1000)
      let own = expected[Int(term)]
      unpacker.copy(to: &list)
      #expect(list.documents == own.documents)
      #expect(list.frequencies == own.frequencies)
      #expect(list.differences == own.differences)
      #expect(list.fields == own.fields)
    }
  }
}

extension BatchPostingsTests {
  @Test(arguments: 0..<4)
  func `a long document is sorted in half the memory, to the same postings`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    // Twice the number of one of 30 terms, plus one for a joined form, which is not the first token.
    let stream = [0] + (0..<499).map { _ in UInt32.random(in: 0..<60, using: &random) }
    let changes: [BatchInverter.FieldChange] = [
      (0, .title), (9, .body), (80, .heading), (95, .body),
    ]
    var found: [BatchPostings] = []
    for longDocument in [0, .max] {
      var (stream, inverter) = (stream, BatchInverter(longDocument: longDocument))
      found.append(
        inverter.invert(
          &stream, tokenCounts: [500], fieldChanges: changes, fields: [30, 31], fieldCounts: [2],
          order: Array(0..<32), keepsMemory: seed % 2 == 0))
    }
    #expect(found[0].bytes == found[1].bytes)
    #expect(found[0].ends == found[1].ends)
  }
}

extension PostingsList {
  /// Counts the field of the last posting's last occurrence.
  fileprivate mutating func note(_ field: BatchInverter.Field) {
    guard field != .body else { return }
    let posting = documents.count - 1
    if fields.last?.posting != posting {
      fields.append(Field(posting: posting, title: 0, heading: 0))
    }
    if field == .title {
      fields[fields.count - 1].title += 1
    } else {
      fields[fields.count - 1].heading += 1
    }
  }
}

@Suite struct BatchAnalyzerTests {
  @Test(arguments: 0..<4)
  func `a text that is analysed in pieces gives the same batch`(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: seed)
    let documents =
      seed % 2 == 0
      ? corpus.describedDocuments(20, from: 0, seed: seed) : corpus.documents(20, hasFields: true)
    let analyzer = Analyzer()
    let whole = try BatchAnalyzer(analyzer, storesText: true).analyze([documents])
    for pieceTokens in [1, 10] {
      let pieces = try BatchAnalyzer(analyzer, storesText: true, pieceTokens: pieceTokens)
      let batch = try pieces.analyze([documents])
      #expect(batch.postings.bytes == whole.postings.bytes)
      #expect(batch.postings.ends == whole.postings.ends)
      #expect(batch.terms.bytes == whole.terms.bytes && batch.order == whole.order)
      #expect(batch.tokenCount == whole.tokenCount)
      #expect(batch.entries.map(\.titleLength) == whole.entries.map(\.titleLength))
      #expect(batch.chunks.map(\.hashes) == whole.chunks.map(\.hashes))
      #expect(batch.chunks.map(\.texts?.bytes) == whole.chunks.map(\.texts?.bytes))
    }
  }
}

@Suite struct TermTableTests {
  /// Terms of all lengths, many of which share their beginnings.
  private static func terms(_ seed: UInt64) -> [[UInt8]] {
    var random = SplitMix64(seed: seed)
    return (0..<5000).map { _ in
      let length = Int.random(in: 1...(Bool.random(using: &random) ? 6 : 40), using: &random)
      return (0..<length).map { _ in UInt8.random(in: 0...2, using: &random) &* 127 }
    }
  }

  @Test(arguments: 0..<4)
  func `a term has one number, in this table and for another`(seed: UInt64) {
    var table = TermTable()
    var known: [[UInt8]: UInt32] = [:]
    for term in Self.terms(seed) {
      // At the end of the bytes and in the midst of others.
      let padded = [9, 9, 9] + term + (seed % 2 == 0 ? [] : [UInt8](repeating: 7, count: 20))
      let number = table.intern(padded.rawSpan, 3..<3 + term.count)
      #expect(known.updateValue(number, forKey: term) ?? number == number)
      #expect(Array(table.bytes[table.range(of: Int(number))]) == term)
    }
    #expect(table.count == known.count)

    var other = TermTable(capacity: 10_000)
    _ = other.intern([1, 2, 3].rawSpan, 0..<3)
    let numbers = other.intern((0..<UInt32(table.count)).reversed(), of: table)
    for (term, number) in known {
      #expect(
        other.intern(term.rawSpan, 0..<term.count) == numbers[table.count - 1 - Int(number)])
    }
    #expect(other.count == table.count + 1)

    // An empty table takes the terms over as they are, and can still be added to.
    table.freeze()
    var empty = TermTable()
    #expect(empty.intern(numbers, of: table) == numbers)
    #expect(empty.count == table.count)
    #expect(empty.intern((0..<UInt32(other.count)).map(\.self), of: other).count == other.count)
    #expect(empty.count == other.count)
  }

  @Test(arguments: 0..<4)
  func `terms are sorted by their bytes, a prefix first`(seed: UInt64) {
    var table = TermTable()
    let terms = Self.terms(seed)
    for term in terms { _ = table.intern(term.rawSpan, 0..<term.count) }
    let sorted = table.sorted().map { Array(table.bytes[table.range(of: Int($0))]) }
    #expect(sorted == Set(terms).sorted { $0.lexicographicallyPrecedes($1) })
    #expect(table.sorted(threads: 3, partCount: 100) == table.sorted())
  }
}
