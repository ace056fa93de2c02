import CVectors
import EvIndex
import EvTestSupport

/// The kernels of TermList, positions and sets of documents.
func measureLists(_ table: KernelTable) throws {
  let fixture = try ListFixture()
  for word in FixtureWord.allCases { try measureScoring(table, fixture, word) }
  try measureFilter(table, fixture)
  try measureProbes(table, fixture)
  try measureBounds(table, fixture)
  try measurePositions(table, fixture)
  try measureSets(table, fixture)
}

/// Lists of one term, each with another of its whole blocks decoded and scored.
private func loadedLists(_ fixture: ListFixture, _ word: FixtureWord) throws -> [TermList] {
  let blocks = try fixture.list(word).blocks.count - 1
  return try (0..<min(blocks, 64)).map { block in
    var list = try fixture.list(word)
    try list.load(block)
    try list.scoreBlock()
    return list
  }
}

private func measureScoring(
  _ table: KernelTable, _ fixture: ListFixture, _ word: FixtureWord
) throws {
  var lists = try loadedLists(fixture, word)
  var plain = [Float](repeating: 0, count: 128)
  var last = 0
  try table.measure("score a block, \(word) list", "posting", calls: lists.count) { call in
    try lists[call].scoreBlock()
    last = call
    return call
  } twin: { call in
    for place in plain.indices {
      // Safe: a block has 128 places.
      let document = unsafe lists[call].documents[place]
      let frequency = unsafe lists[call].frequencies[place]
      plain[place] = BM25.score(
        weight: 1.5, frequency: Float(frequency), inverseSaturation: fixture.inverse(document))
    }
    return call
  } same: {
    plain.indices.allSatisfy { unsafe plain[$0] == lists[last].scores[$0] }
  }
}

private func measureFilter(_ table: KernelTable, _ fixture: ListFixture) throws {
  let lists = try loadedLists(fixture, .medium)
  let all = lists.flatMap { list in (0..<128).map { unsafe list.scores[$0] } }.sorted(by: >)
  // Safe: freed at the end of the function, behind the last use.
  let places = UnsafeMutablePointer<UInt32>.allocate(capacity: TermList.blockSize)
  defer { unsafe places.deallocate() }
  for (name, survivors) in [("none", 0), ("1 of 128", lists.count), ("1 of 8", 16 * lists.count)] {
    let threshold = survivors > 0 ? all[survivors - 1] : all[0].nextUp
    try table.measure("filter a block, \(name) left", "posting", calls: lists.count) { call in
      var found = 0
      let count = unsafe lists[call].places(reaching: threshold, into: places)
      // Safe: there are `count` places.
      for index in 0..<count { found = unsafe found &* 131 &+ Int(places[index]) }
      return found
    } twin: { call in
      var plain = 0
      for place in 0..<128 where unsafe lists[call].scores[place] >= threshold {
        plain = plain &* 131 &+ place
      }
      return plain
    }
  }
}

private func measureProbes(_ table: KernelTable, _ fixture: ListFixture) throws {
  let lists = try loadedLists(fixture, .medium)
  var random = SplitMix64(seed: 11)
  // Half of the documents that are asked for are there.
  let wanted = lists.map { list in
    (0..<128).map { _ in
      // Safe: a block has 128 places.
      let place = Int.random(in: 0..<127, using: &random)
      return unsafe list.documents[place] + UInt32.random(in: 0...1, using: &random)
    }
  }
  try table.measure("find in a decoded block", "probe", calls: lists.count) { call in
    var found = 0
    for document in wanted[call] { found = found &* 131 &+ lists[call].place(of: document) }
    return found
  } twin: { call in
    var plain = 0
    for document in wanted[call] {
      var place = 0
      while place < 128, unsafe lists[call].documents[place] < document { place += 1 }
      plain = unsafe plain &* 131 &+ (lists[call].documents[place] == document ? place : -1)
    }
    return plain
  }
  try measureBatch(table, lists, wanted)
  for word in [FixtureWord.dense, .medium] { try measureWalk(table, fixture, word) }
}

/// Documents that are looked up in a block together, and sums of the frequencies in front of them.
private func measureBatch(
  _ table: KernelTable, _ lists: [TermList], _ wanted: [[UInt32]]
) throws {
  let every = (0..<128).map { UInt32($0) }
  // Safe: freed at the end of the function, behind the last use.
  let rows = UnsafeMutablePointer<UInt32>.allocate(capacity: 2 * TermList.blockSize)
  defer { unsafe rows.deallocate() }
  let (kept, matches) = unsafe (rows, rows + TermList.blockSize)
  for isPlain in [false, true] {
    let name = "find 128 in a block, \(isPlain ? "vectors of 128 bits" : "the widest vectors")"
    try table.measure(name, "probe", calls: lists.count) { call in
      let list = lists[call]
      // Safe: all rows have 128 places.
      let count = unsafe (isPlain ? ev_find_all_plain : ev_find_all)(
        list.documents, list.samples, wanted[call], every, 128, kept, matches)
      var found = 0
      for index in 0..<count { found = unsafe found &* 131 &+ Int(kept[index] ^ matches[index]) }
      return found
    } twin: { call in
      var plain = 0
      for index in 0..<128 {
        var place = 0
        // Safe: a block has 128 places, and the last document is not below one that is asked for.
        while place < 127, unsafe lists[call].documents[place] < wanted[call][index] { place += 1 }
        guard unsafe lists[call].documents[place] == wanted[call][index] else { continue }
        plain = plain &* 131 &+ (index ^ place)
      }
      return plain
    }
  }
  for count in [3, 40] {
    let places = (0..<count).map { UInt32($0 * 127 / count) }
    try table.measure(
      "sums in front of \(count) places", "place", items: Double(count), calls: lists.count
    ) { call in
      // Safe: places are below 128, and there is room for so many sums.
      unsafe ev_sums_before(lists[call].frequencies, places, count, kept)
      return (0..<count).reduce(0) { unsafe $0 &* 131 &+ Int(kept[$1]) }
    } twin: { call in
      var (plain, sum, place) = (0, 0, 0)
      for next in places {
        while place < next {
          sum += unsafe Int(lists[call].frequencies[place])
          place += 1
        }
        plain = plain &* 131 &+ sum
      }
      return plain
    }
  }
}

/// Frequencies of ascending documents, about one in 40 of the collection.
private func measureWalk(
  _ table: KernelTable, _ fixture: ListFixture, _ word: FixtureWord
) throws {
  let wanted = try fixture.postings(.sparse).documents
  var list = try fixture.list(word)
  let info = try fixture.info(word)
  try table.measure(
    "probe every 40. document, \(word) list", "probe", items: Double(wanted.count), calls: 1
  ) { _ in
    var sum = 0
    list.rewind()
    for document in wanted { sum = sum &* 3 &+ Int(try list.frequency(of: document)) }
    return sum
  } twin: { _ in
    var plain = 0
    var cursor = PostingsCursor(fixture.segment.postings, info)
    for document in wanted {
      let isThere = try cursor.seek(to: document) == document
      plain = plain &* 3 &+ (isThere ? Int(try cursor.frequency()) : 0)
    }
    return plain
  }
}

private func measureBounds(_ table: KernelTable, _ fixture: ListFixture) throws {
  let blocks = try fixture.list(.dense).blocks
  let list = try fixture.list(.dense)
  // Safe: there is a bound for each block.
  let bounds = (0..<blocks.count).map { unsafe blocks.bounds[$0] }
  let code = bounds.sorted()[bounds.count * 98 / 100]
  let threshold = list.upperBound * (ImpactCode.share(of: code).nextDown)
  try table.measure(
    "pass over bounds, 1 of 50 live", "block", items: Double(blocks.count), calls: 1
  ) { _ in
    var found = 0
    var block = list.liveBlock(from: 0, reaching: threshold)
    while block < blocks.count {
      found = found &* 31 &+ block
      block = list.liveBlock(from: block + 1, reaching: threshold)
    }
    return found
  } twin: { _ in
    var plain = 0
    for block in bounds.indices where bounds[block] >= code { plain = plain &* 31 &+ block }
    return plain
  }
}

private func measurePositions(_ table: KernelTable, _ fixture: ListFixture) throws {
  let info = try fixture.info(.medium)
  let frequencies = try fixture.postings(.medium).frequencies
  // Safe: freed at the end of the function, behind the last use.
  let scratch = UnsafeMutableRawPointer.allocate(
    byteCount: TermPositions.scratchBytes, alignment: 64)
  defer { unsafe scratch.deallocate() }
  var positions = unsafe try TermPositions(fixture.segment.postings, info, scratch: scratch)
  var plainPositions: [UInt32] = []
  try table.measure(
    "read positions in order", "position", items: Double(info.totalFrequency), calls: 1
  ) { _ in
    var sum = 0
    var before = 0
    for (number, frequency) in frequencies.enumerated() {
      if number % 128 == 0 { before = 0 }
      let differences = unsafe try positions.differences(
        block: number / 128, before: before, count: Int(frequency))
      before += Int(frequency)
      // Safe: there are so many differences, and three places more that may be read.
      sum = unsafe sum &* 31 &+ Int(ev_u32_sum(differences, Int(frequency)))
    }
    return sum
  } twin: { _ in
    var plain = 0
    var cursor = PostingsCursor(fixture.segment.postings, info)
    while try cursor.next() != PostingsCursor.end {
      try cursor.readPositions(into: &plainPositions)
      plain = plain &* 31 &+ Int(plainPositions[plainPositions.count - 1])
    }
    return plain
  }
}

private func measureSets(_ table: KernelTable, _ fixture: ListFixture) throws {
  for word in [FixtureWord.dense, .sparse] {
    var list = try fixture.list(word)
    let documents = try fixture.postings(word).documents
    let others = try fixture.list(.sparse)
    var flags = [Bool](repeating: false, count: ListFixture.documentCount)
    try table.measure(
      "list into a set and count, \(word) list", "posting", items: Double(documents.count), calls: 1
    ) { _ in
      let set = DocumentBits(ListFixture.documentCount)
      list.rewind()
      try set.insert(&list)
      return set.count
    } twin: { _ in
      for index in flags.indices { flags[index] = false }
      for document in documents { flags[Int(document)] = true }
      return flags.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    let set = DocumentBits(ListFixture.documentCount)
    try set.insert(&list)
    let words = set.set(documentCount: ListFixture.documentCount).words
    try table.measure(
      "count the bits of a set, \(word) list", "word", items: Double(words.count), calls: 1
    ) { _ in
      set.count
    } twin: { _ in
      words.reduce(0) { $0 + $1.nonzeroBitCount }
    }
    var other = others
    try table.measure("look up a block in a set, \(word) set", "posting", calls: 8) { call in
      try other.load(call)
      return unsafe set.count(of: other.documents, 128)
    } twin: { call in
      try other.load(call)
      var plain = 0
      for place in 0..<128 where unsafe flags[Int(other.documents[place])] { plain += 1 }
      return plain
    }
  }
}
