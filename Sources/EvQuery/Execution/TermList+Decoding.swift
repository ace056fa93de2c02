// Decoding the blocks of a list: documents first, and frequencies where they are wanted.

internal import EvBytes
internal import EvIndex

extension TermList {
  /// Decodes the documents of a block, unless they are.
  @inline(__always)
  mutating func load(_ number: Int) throws(FormatError) {
    if number != block { try decode(number) }
  }

  /// The same where most blocks are decoded one after the other: one behind is asked for ahead.
  @inline(__always)
  mutating func loadInOrder(_ number: Int) throws(FormatError) {
    if number + 2 < blocks.count, unsafe merged == nil { blocks.prefetchDocuments(number + 2) }
    try load(number)
  }

  mutating func decode(_ number: Int) throws(FormatError) {
    work.documents += 1
    if let merged = unsafe merged {
      count = min(Self.blockSize, blocks.documentFrequency - Self.blockSize * number)
      // Safe: merged lists have 128 places a block, and all buffers here have 128.
      unsafe documents.update(
        from: merged.documents + Self.blockSize * number, count: Self.blockSize)
      unsafe weighted.update(
        from: merged.weighted + Self.blockSize * number, count: Self.blockSize)
      sample()
      block = number
      frequencyBlock = number
      return
    }
    // Safe: all buffers have 128 places.
    var documentSpan = unsafe MutableSpan(_unsafeStart: documents, count: Self.blockSize)
    var frequencySpan = unsafe MutableSpan(_unsafeStart: frequencies, count: Self.blockSize)
    var titleSpan = unsafe MutableSpan(_unsafeStart: titles, count: Self.blockSize)
    var headingSpan = unsafe MutableSpan(_unsafeStart: headings, count: Self.blockSize)
    block = -1
    let decoded = try blocks.decodeDocuments(
      number, into: &documentSpan, tailFrequencies: &frequencySpan, tailTitles: &titleSpan,
      tailHeadings: &headingSpan)
    block = number
    (count, frequenciesOffset) = (decoded.count, decoded.frequencies)
    frequencyBlock = -1
    if frequenciesOffset < 0 {
      frequencyBlock = number
      hasFields = decoded.hasFields && norms.weighsFields
      weigh()
    }
    var place = count
    while place < Self.blockSize {
      unsafe documents[place] = .max
      place += 1
    }
    sample()
  }

  /// Notes every eighth document.
  @inline(__always)
  private func sample() {
    // Safe: there are 16 samples, and 128 documents.
    for place in 0..<16 { unsafe samples[place] = documents[8 &* place &+ 7] }
  }

  /// Where the frequencies of the block are, if each can be read by itself: fields do not matter, and the
  /// block is no tail.
  var unweightedFrequencies: Int? {
    frequenciesOffset >= 0 && !norms.weighsFields ? frequenciesOffset : nil
  }

  /// Decodes the frequencies of the block, unless they are.
  @inline(__always)
  mutating func loadFrequencies() throws(FormatError) {
    guard frequencyBlock != block else { return }
    if frequenciesOffset < 0 {
      // A tail, or a merged list, whose frequencies come with its documents; a probe of a set of bits put
      // others in their place.
      try decode(block)
    } else {
      try decodeFrequencies(at: frequenciesOffset, of: block)
    }
  }

  mutating func decodeFrequencies(at offset: Int, of number: Int) throws(FormatError) {
    work.frequencies += 1
    // Safe: all buffers have 128 places.
    var span = unsafe MutableSpan(_unsafeStart: frequencies, count: Self.blockSize)
    frequencyBlock = -1
    let end = try blocks.decodeFrequenciesLessOne(at: offset, into: &span)
    hasFields = false
    if norms.weighsFields {
      var titleSpan = unsafe MutableSpan(_unsafeStart: titles, count: Self.blockSize)
      var headingSpan = unsafe MutableSpan(_unsafeStart: headings, count: Self.blockSize)
      hasFields = try blocks.decodeFields(at: end, titles: &titleSpan, headings: &headingSpan)
    }
    if hasFields || formWeight != 1 {
      for place in 0..<Self.blockSize { unsafe frequencies[place] &+= 1 }
      weigh()
    } else {
      for place in 0..<Self.blockSize {
        let frequency = unsafe frequencies[place] &+ 1
        unsafe frequencies[place] = frequency
        unsafe weighted[place] = Float(Int32(bitPattern: frequency))
      }
    }
    frequencyBlock = number
  }

  /// Computes the weighted frequencies.
  private func weigh() {
    // Safe: all buffers have 128 places.
    for place in 0..<Self.blockSize {
      unsafe weighted[place] = Float(Int32(bitPattern: frequencies[place]))
    }
    if hasFields {
      for place in 0..<Self.blockSize {
        let title = unsafe norms.titleBonus * Float(Int32(bitPattern: titles[place]))
        let heading = unsafe norms.headingBonus * Float(Int32(bitPattern: headings[place]))
        unsafe weighted[place] = weighted[place] + title + heading
      }
    }
    guard formWeight != 1 else { return }
    for place in 0..<Self.blockSize { unsafe weighted[place] = formWeight * weighted[place] }
  }

  /// Where the occurrences of a posting of the decoded frequencies are.
  @inline(__always)
  func fieldFrequency(at place: Int) -> FieldFrequency {
    // Safe: `place` is below 128.
    let count = unsafe frequencies[place]
    guard hasFields else { return FieldFrequency(count: count) }
    return unsafe FieldFrequency(count: count, title: titles[place], heading: headings[place])
  }
}
