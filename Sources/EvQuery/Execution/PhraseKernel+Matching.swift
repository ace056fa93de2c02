// Looking for a phrase in a document that holds all of its words.

internal import CVectors
internal import EvBytes
internal import EvIndex

extension PhraseKernel {
  /// How often the phrase is in a document that was located.
  ///
  /// An occurrence is in the title where all its words are. Of headings only the words are known: as many
  /// as each word has there, at most.
  ///
  mutating func matchPositions(
    _ place: Int
  ) throws(FormatError) -> FieldFrequency {
    if isPair { return try matchPair(place) }
    // Safe: there is an entry for each list, and there are as many positions as lists.
    func entry(_ list: Int) -> Entry { unsafe entries[list * TermList.blockSize + place] }
    for end in order.indices.dropFirst() {
      var index = end
      while index > 0,
        entry(order[index]).frequency.count < entry(order[index - 1]).frequency.count
      {
        order.swapAt(index, index - 1)
        index -= 1
      }
    }
    var isFirst = true
    // The last start with all words in the title.
    var lastInTitle = Int64.max
    var headings = UInt32.max
    for index in order.indices {
      let number = order[index]
      let entry = entry(number)
      let count = Int(entry.frequency.count)
      let title = Int(entry.frequency.title)
      let differences = unsafe try positions[number].differences(
        block: entry.block, before: entry.before, count: count)
      for offset in offsets[number] {
        if isFirst {
          unsafe starts.fill(differences, count, less: offset)
          isFirst = false
        } else {
          unsafe starts.keep(differences, count, less: offset)
        }
        if starts.count == 0 { return FieldFrequency(count: 0) }
        let last = title > 0 ? unsafe Int64(ev_u32_sum(differences, min(title, count))) : -1
        lastInTitle = min(lastInTitle, last - Int64(offset))
      }
      headings = min(headings, entry.frequency.heading)
    }
    let title = lastInTitle < 0 ? 0 : starts.count(through: lastInTitle)
    let count = UInt32(starts.count)
    return FieldFrequency(count: count, title: title, heading: min(headings, count - title))
  }

  /// The same of two words: their differences are compared as they lie.
  private func matchPair(_ place: Int) throws(FormatError) -> FieldFrequency {
    // Safe: there is an entry for either list.
    let (lead, second) = unsafe (entries[place], entries[TermList.blockSize + place])
    let count = try meetings(lead, second)
    var found = FieldFrequency(count: count)
    guard count > 0 else { return found }
    if lead.frequency.title > 0, second.frequency.title > 0 {
      // The occurrences in the title are the first.
      var (leadTitle, secondTitle) = (lead, second)
      leadTitle.frequency.count = min(lead.frequency.title, lead.frequency.count)
      secondTitle.frequency.count = min(second.frequency.title, second.frequency.count)
      found.title = try meetings(leadTitle, secondTitle)
    }
    found.heading = min(lead.frequency.heading, second.frequency.heading, count - found.title)
    return found
  }

  /// How often the two rarest words stand at their distance.
  @inline(__always)
  func meetings(_ lead: Entry, _ second: Entry) throws(FormatError) -> UInt32 {
    let (count, other) = (Int(lead.frequency.count), Int(second.frequency.count))
    // Safe: `differences` hands out so many, and three places more that may be read.
    let differences = unsafe try positions[0].differences(
      block: lead.block, before: lead.before, count: count)
    let others = unsafe try positions[1].differences(
      block: second.block, before: second.before, count: other)
    return unsafe ev_meetings(differences, count, pairBases.0, others, other, pairBases.1)
  }
}
