internal import EvAnalysis
internal import EvBytes

/// A few chunks of documents after analysis: everything that can be done without knowing what other
/// batches hold.
struct AnalyzedBatch: Sendable {
  /// What the segment has to know of one document.
  struct Entry: Sendable {
    /// The document's length in positions.
    var length: UInt32
    /// How many of its first positions are its title's; of 255 and more, 255.
    var titleLength: UInt8
    var contentHash: UInt64
    /// Its day, as ``DateColumn`` has it.
    var day = DateColumn.unknown
  }

  /// The batch's own numbering of its terms.
  var terms: TermTable

  /// The terms in the order of their bytes.
  var order: [UInt32] = []

  /// The postings of these terms, in that order.
  var postings = BatchPostings()

  /// Tokens, joined forms included.
  var tokenCount = 0

  var entries: [Entry] = []
  var chunks: [StoredChunk] = []
}

/// Analyses batches of documents; one a thread.
final class BatchAnalyzer {
  private let tokenizer: Tokenizer
  private let storesText: Bool
  private let compressor = Compressor()

  // Buffers that are used again for each document.
  private var analyzed = AnalyzedText()
  private var head = ByteWriter()
  private var record = ByteWriter()
  private var chunk = StoredChunkBuilder()
  private var inverter = BatchInverter()
  /// A word a token; see ``BatchInverter/invert(_:tokenCounts:termCount:)``.
  private var stream: [UInt32] = []
  private var tokenCounts: [Int] = []
  private var fieldChanges: [BatchInverter.FieldChange] = []
  /// The numbers of the terms of fields, document by document, and how many each document has.
  private var fields: [UInt32] = []
  private var fieldCounts: [Int] = []
  private let hasFields: Bool
  /// A token takes 20 bytes and its term while it waits to be numbered.
  private let pieceTokens: Int

  /// - Parameter pieceTokens: Tokens of a text that are in memory together, about.
  init(
    _ analyzer: Analyzer, storesText: Bool, pieceTokens: Int = 1 << 16
  ) throws(IndexError) {
    do throws(AnalysisError) { tokenizer = try Tokenizer(analyzer) } catch {
      throw .analysis(reason: "\(error)")
    }
    self.storesText = storesText
    self.pieceTokens = pieceTokens
    hasFields = analyzer.kind.hasFields
  }

  /// Analyses documents, given as they fall into chunks.
  func analyze(_ chunks: [[Document]]) throws(IndexError) -> AnalyzedBatch {
    let byteCount = chunks.joined().reduce(0) { $0 + $1.text.utf8.count }
    // A different term for every 40 bytes is what English has in a megabyte.
    var batch = AnalyzedBatch(terms: TermTable(capacity: byteCount / 40))
    stream.removeAll(keepingCapacity: true)
    tokenCounts.removeAll(keepingCapacity: true)
    fieldChanges.removeAll(keepingCapacity: true)
    fields.removeAll(keepingCapacity: true)
    fieldCounts.removeAll(keepingCapacity: true)
    for documents in chunks {
      for document in documents { try add(document, to: &batch) }
      batch.chunks.append(try chunk.finish(compressor, storesText: storesText))
    }
    batch.terms.freeze()
    batch.order = batch.terms.sorted()
    batch.tokenCount = stream.count
    let keepsMemory = stream.capacity <= Self.mostKept
    if !keepsMemory { forget() }
    batch.postings = inverter.invert(
      &stream, tokenCounts: tokenCounts, fieldChanges: fieldChanges, fields: fields,
      fieldCounts: fieldCounts, order: batch.order, keepsMemory: keepsMemory)
    if !keepsMemory { inverter = BatchInverter() }
    if let failure = tokenizer.failure { throw .analysis(reason: "\(failure)") }
    return batch
  }

  /// Tokens of a batch for which memory is kept; only a very long text has more.
  private static let mostKept = 1 << 20

  /// Gives back the memory that is kept from batch to batch and is not needed for postings.
  private func forget() {
    (head, record, chunk) = (ByteWriter(), ByteWriter(), StoredChunkBuilder())
    analyzed = AnalyzedText()
  }

  private func add(_ document: Document, to batch: inout AnalyzedBatch) throws(IndexError) {
    let text = document.text.utf8.span
    guard text.count < Int(UInt32.max) else {
      throw .limit(reason: "\(document.path) has more than 4 GiB of text.")
    }
    var breaks = document.headings.flatMap { [$0.lowerBound, $0.upperBound] }
    if !document.title.isEmpty {
      breaks += [document.title.lowerBound, document.title.upperBound]
      breaks.sort()
    }
    let (language, titleLength) = analyze(text, breaks, of: document, into: &batch)
    var day = DateColumn.unknown
    if hasFields {
      internFields(of: document, language, into: &batch)
      day = document.metadata.date.flatMap { CalendarDate(parsing: $0) }?.day ?? day
    }

    head.removeAll()
    StoredText.encodeHead(of: document, to: &head)
    let stored = StoredDocument(
      contentHash: 0, path: document.path, fileByteCount: document.fileByteCount,
      title: title(of: document), textByteCount: text.count, positionCount: analyzed.positionCount,
      metadata: document.metadata)
    record.removeAll()
    stored.encode(to: &record)
    let hash = Checksum()
    hash.update(record.bytes.rawSpan)
    hash.update(head.bytes.rawSpan)
    hash.update(text.rawSpan)
    batch.entries.append(
      AnalyzedBatch.Entry(
        length: UInt32(analyzed.positionCount), titleLength: titleLength,
        contentHash: hash.value, day: day))

    if storesText { StoredText.encode(analyzed.sentences, to: &head) }
    chunk.add(textByteCount: text.count) { documents, texts in
      documents.writeCount(8 + record.count)
      documents.write(hash.value)
      documents.write(contentsOf: record.bytes)
      guard storesText else { return }
      texts.writeCount(head.count + text.count)
      texts.write(contentsOf: head.bytes)
      texts.write(contentsOf: document.text.utf8)
    }
  }

  /// Puts the tokens of a document into the stream, and its sentences into `analyzed`.
  ///
  /// - Returns: The language that the text is written in, and how many positions are the title's.
  private func analyze(
    _ text: Span<UInt8>, _ breaks: [Int], of document: Document, into batch: inout AnalyzedBatch
  ) -> (language: String?, titleLength: UInt8) {
    tokenCounts.append(0)
    var edges = fieldEdges(of: document)[...]
    var language = LanguageDetector()
    // The position of the first token behind the title, which ends a sentence.
    var titleEnd = document.title.isEmpty ? 0 : nil as UInt32?
    // Out of the object while the tokenizer writes there.
    var analyzed = AnalyzedText()
    swap(&analyzed, &self.analyzed)
    defer { swap(&analyzed, &self.analyzed) }
    func take(_ piece: AnalyzedText) {
      if hasFields { language.add(piece) }
      titleEnd =
        titleEnd
        ?? piece.tokens.first { Int($0.start) >= document.title.upperBound }?.position
      noteFields(of: piece, &edges)
      intern(piece, into: &batch)
    }
    tokenizer.analyze(
      text, breaks: breaks, wantsSentences: storesText, pieceTokens: pieceTokens, into: &analyzed,
      take)
    take(analyzed)
    return (
      language.language, UInt8(clamping: titleEnd.map(Int.init) ?? analyzed.positionCount)
    )
  }

  /// Where in the text of a document title and headings begin and end.
  private func fieldEdges(of document: Document) -> [FieldEdge] {
    var edges: [FieldEdge] = []
    if !document.title.isEmpty {
      edges = [(0, .title), (document.title.upperBound, .body)]
    }
    for heading in document.headings where heading.upperBound > document.title.upperBound {
      edges.append((max(heading.lowerBound, document.title.upperBound), .heading))
      edges.append((heading.upperBound, .body))
    }
    return edges
  }

  private typealias FieldEdge = (offset: Int, field: BatchInverter.Field)

  /// Notes at which tokens of a piece, which come behind those of the stream, another field begins.
  private func noteFields(of piece: AnalyzedText, _ edges: inout ArraySlice<FieldEdge>) {
    guard !edges.isEmpty else { return }
    for (index, token) in piece.tokens.enumerated() {
      while let edge = edges.first, edge.offset <= Int(token.start) {
        fieldChanges.append((stream.count + index, edge.field))
        edges.removeFirst()
      }
      if edges.isEmpty { return }
    }
  }

  /// Numbers the tokens of a piece and appends them to the stream.
  ///
  /// A piece ends with a sentence, and no token shares a position with one of the next sentence.
  private func intern(_ piece: AnalyzedText, into batch: inout AnalyzedBatch) {
    tokenCounts[tokenCounts.count - 1] += piece.tokens.count
    // Taken out of the object, so that access to them is checked once and not at every token.
    var words: [UInt32] = []
    swap(&words, &stream)
    let terms = piece.terms
    let bytes = terms.rawSpan
    // No token has this position: a text has fewer bytes.
    var position = UInt32.max
    for token in piece.tokens {
      let start = Int(token.termStart)
      let number = batch.terms.intern(bytes, start..<start + Int(token.termLength))
      words.append(number << 1 | (token.position == position ? 1 : 0))
      position = token.position
    }
    swap(&words, &stream)
  }

  /// Numbers the terms of a document's fields.
  private func internFields(
    of document: Document, _ detected: String?, into batch: inout AnalyzedBatch
  ) {
    var language = document.metadata.language
    if language?.isEmpty ?? true { language = detected }
    let terms = DocumentFields(document.metadata, filePath: document.filePath, language: language)
      .terms
    fieldCounts.append(terms.count)
    for term in terms {
      let bytes = Array(term.utf8)
      fields.append(batch.terms.intern(bytes.rawSpan, 0..<bytes.count))
    }
  }

  /// The title as text, on one line.
  private func title(of document: Document) -> String {
    let utf8 = document.text.utf8
    let range = document.title
    guard range.lowerBound >= 0, range.upperBound <= utf8.count else { return "" }
    let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
    let end = utf8.index(start, offsetBy: range.count)
    return String(decoding: utf8[start..<end], as: UTF8.self)
  }
}
