internal import EvBytes

/// Compares a segment's terms of fields, and its dates, with what its records say of the documents.
struct FieldChecker {
  private let segment: SegmentReader

  init(_ segment: SegmentReader) { self.segment = segment }

  /// - Throws: ``IndexError/corrupt(file:offset:reason:)`` at the first thing that is wrong.
  func check() throws(IndexError) {
    guard segment.info.analysis.kind.hasFields else { return }
    var expected: [[UInt8]: Int] = [:]
    var known = 0
    try segment.forEachDocument { number, document throws(FormatError) in
      let fields = DocumentFields(
        document.metadata, filePath: document.filePath, language: document.metadata.language)
      for term in fields.terms { expected[Array(term.utf8), default: 0] += 1 }
      let day = document.metadata.date.flatMap { CalendarDate(parsing: $0) }?.day
      if day != nil { known += 1 }
      guard day ?? DateColumn.unknown == segment.dates?.day(of: number) ?? DateColumn.unknown else {
        throw .invalidValue(field: "date of document \(number)", value: 0, offset: 4 * Int(number))
      }
    }
    if let dates = segment.dates, known == 0 {
      throw dates.reader.corrupt(0, at: 0, "no document has a date")
    }
    var cursor = try TermCursor(segment.terms, seeking: [FieldTerm.mark].rawSpan)
    while try cursor.next(), segment.isField(cursor.term) {
      let count = expected.removeValue(forKey: cursor.term) ?? 0
      // Languages are also those that were detected.
      let isDetected = FieldTerm.read(cursor.term)?.field == .language
      guard cursor.info.totalFrequency == cursor.info.documentFrequency,
        isDetected ? count <= cursor.info.documentFrequency : count == cursor.info.documentFrequency
      else { throw wrong("a field's term is not in the documents that have the value") }
    }
    guard expected.isEmpty else { throw wrong("the term of a field is missing") }
    try checkForms()
  }

  /// Makes the table of forms again; the versions of Snowball must be the same.
  private func checkForms() throws(IndexError) {
    var builder = FormTableBuilder(documentCount: segment.info.documentCount)
    var cursor = TermCursor(segment.terms)
    while try cursor.next() {
      builder.add(cursor.term, documentFrequency: cursor.info.documentFrequency)
    }
    let expected = builder.finish()
    let found = segment.forms?.contents ?? FormTableBuilder.Contents()
    guard expected == found else {
      guard let forms = segment.forms else { throw wrong("there is no table of the terms' forms") }
      throw forms.reader.corrupt(0, at: 0, "the forms are not those of the terms")
    }
  }

  private func wrong(_ reason: String) -> IndexError {
    segment.terms.reader.corrupt(0, at: 0, reason)
  }
}
