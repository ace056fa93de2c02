// The words of a text that was cut into words before.

/// Cuts a text at ASCII white space and leaves its bytes as they are.
enum SpaceWords {
  /// Appends the words of a range to `result`.
  static func append(_ text: Span<UInt8>, _ range: Range<Int>, to result: inout AnalyzedText) {
    let end = range.upperBound
    let termOffset = result.terms.count - range.lowerBound
    let source = text.extracting(range)
    result.terms.append(addingCapacity: source.count) { output in
      for index in source.indices { output.append(source[index]) }
    }
    var index = range.lowerBound
    while true {
      while index < end, isASCIISpace(text[index]) { index += 1 }
      guard index < end else { return }
      let start = index
      while index < end, !isASCIISpace(text[index]) { index += 1 }
      var pieceStart = start
      while pieceStart < index {
        let pieceEnd = Terms.pieceEnd(in: text, start: pieceStart, end: index)
        result.append(
          pieceStart..<pieceEnd, termStart: termOffset + pieceStart,
          termLength: pieceEnd - pieceStart)
        pieceStart = pieceEnd
      }
    }
  }
}
