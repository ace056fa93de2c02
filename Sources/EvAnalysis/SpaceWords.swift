// The words of a text that was cut into words before.

internal import CVectors

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
    var isInside = false
    var start = range.lowerBound
    var offset = range.lowerBound
    while offset < end {
      let words = words(text, from: offset, end: end)
      var edges = WordEdges(words: words, isInside: isInside, offset: offset)
      if !isInside { edges.moveToNextStart(&start) }
      if offset - start > Terms.maximumLength - 64 {
        while let word = edges.next(&start) { emit(text, word, termOffset, to: &result) }
      } else {
        result.append(&edges, &start, termOffset)
      }
      isInside = words >> 63 == 1
      offset += 64
    }
    if isInside { emit(text, start..<end, termOffset, to: &result) }
  }

  /// Which of the 64 bytes from `offset` on are in words; those from `end` on are not.
  @inline(always)
  private static func words(_ text: Span<UInt8>, from offset: Int, end: Int) -> UInt64 {
    precondition(offset >= 0 && offset < end && end <= text.count)
    // Safe: the precondition keeps all bytes that are looked at, and that may be read, inside the span.
    return unsafe text.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return 0 }
      return unsafe ev_dark_bytes(base + offset, min(64, end - offset), buffer.count - offset)
    }
  }

  /// Appends a word, in pieces where it is too long.
  @inline(never)
  private static func emit(
    _ text: Span<UInt8>, _ range: Range<Int>, _ termOffset: Int, to result: inout AnalyzedText
  ) {
    var start = range.lowerBound
    while start < range.upperBound {
      let end = Terms.pieceEnd(in: text, start: start, end: range.upperBound)
      result.append(start..<end, termStart: termOffset + start, termLength: end - start)
      start = end
    }
  }
}
