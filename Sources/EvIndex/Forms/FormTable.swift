internal import EvAnalysis
internal import EvBytes

/// The terms of a segment by what they have in common with others: their stems, and what they are without
/// marks; the file `forms`, which a segment has if any term has such a base other than itself.
///
///     section  type    contents
///     0        bytes   number of rules (varint), then for each: its code (text), bits (varint),
///                      entries (varint)
///     1        UInt32  for each rule 2^bits + 1 numbers: where each bucket begins among the
///                      rule's entries, and where the last one ends
///     2        UInt8   for each entry the lowest eight bits of its base's hash
///     3        UInt32  for each entry the number of its term in the dictionary, from 0
///
/// A rule is the stems of a language, or `marks` (``FormRule``). A term has an entry if its base by the rule is
/// another than itself. The hash is the upper half of the XXH3 of the base. The entries of a rule ascend by
/// hash, then by term; a bucket has those whose hashes begin with the same `bits` bits, about eight. Bases are
/// not kept: the rule is applied again to a term that is found, and the outcome compared.
final class FormTable: Sendable {
  let reader: SegmentFileReader

  /// The rules, by their codes in ascending order, and where their parts of the sections begin.
  private let parts: [Part]

  private struct Part {
    var rule: String
    var bits: Int
    var firstBucket: Int
    var firstEntry: Int
    var entryCount: Int
  }

  static let sectionCount = 4

  /// Opens the file in a segment's folder.
  init(folder: String) throws(IndexError) {
    reader = try SegmentFileReader(
      .forms, path: folder + "/forms", sectionCount: Self.sectionCount)
    let file = reader
    do throws(FormatError) { parts = try Self.parts(file.section(0)) } catch {
      throw file.corrupt(0, error)
    }
    let last = parts.last.map {
      (buckets: $0.firstBucket + 1 << $0.bits + 1, entries: $0.firstEntry + $0.entryCount)
    }
    guard file.sections[1].count == 4 * (last?.buckets ?? 0),
      file.sections[2].count == last?.entries ?? 0,
      file.sections[3].count == 4 * (last?.entries ?? 0)
    else { throw file.corrupt(1, at: 0, "the arrays of forms have wrong lengths") }
  }

  private static func parts(_ bytes: RawSpan) throws(FormatError) -> [Part] {
    var reader = ByteReader(bytes)
    var parts: [Part] = []
    var bucket = 0
    var entry = 0
    for _ in 0..<(try reader.readCount("rules", atMost: 1000)) {
      let part = Part(
        rule: try reader.readString("rule"),
        bits: try reader.readCount("bits", atMost: FormTableBuilder.mostBits),
        firstBucket: bucket, firstEntry: entry,
        entryCount: try reader.readCount("entries", atMost: Int(UInt32.max)))
      bucket += 1 << part.bits + 1
      entry += part.entryCount
      parts.append(part)
    }
    return parts
  }

  /// The codes of the rules, in ascending order.
  var rules: [String] { parts.map(\.rule) }

  /// All of the sections.
  var contents: FormTableBuilder.Contents {
    let reader = self.reader
    return FormTableBuilder.Contents(
      head: reader.section(0).copied(), starts: reader.integers(1, UInt32.self),
      tags: reader.integers(2, UInt8.self), numbers: reader.integers(3, UInt32.self))
  }

  /// The numbers of the terms that may have a base other than themselves, ascending by hash and number:
  /// all that have it, and a few that do not.
  func candidates(_ base: [UInt8], rule: String) throws(IndexError) -> [Int] {
    guard let part = parts.first(where: { $0.rule == rule }) else { return [] }
    let hash = FormTableBuilder.hash(base)
    let bucket = part.firstBucket + Int(UInt64(hash) >> UInt64(32 - part.bits))
    let reader = self.reader
    let starts = reader.section(1)
    let start = Int(starts.load(UInt32.self, at: 4 * bucket) ?? .max)
    let end = Int(starts.load(UInt32.self, at: 4 * bucket + 4) ?? .max)
    guard start <= end, end <= part.entryCount else {
      throw reader.corrupt(1, at: 4 * bucket, "a bucket of forms is out of range")
    }
    let tag = UInt8(truncatingIfNeeded: hash)
    var found: [Int] = []
    for entry in part.firstEntry + start..<part.firstEntry + end {
      guard reader.section(2).load(UInt8.self, at: entry) == tag,
        let number = reader.section(3).load(UInt32.self, at: 4 * entry)
      else { continue }
      found.append(Int(number))
    }
    return found
  }
}

/// Makes the table of forms of a segment, from its terms in the order of the dictionary.
///
/// The terms of languages come in front of all words, so that the languages are known then.
struct FormTableBuilder {
  /// More bits are left to the eight that each entry has.
  static let mostBits = 24

  /// Entries in a bucket, at most and on average.
  private static let entriesInBucket = 8

  /// Longer terms are no words of a language.
  private static let longestWord = 64

  /// A language counts that so many documents have, or one of a hundred.
  private static let fewestDocuments = 100

  private let documentCount: Int
  private var number: UInt32 = 0
  private var rules = [Entries(rule: .marks)]

  private struct Entries {
    var rule: FormRule
    /// The hash in the upper half, the number of the term in the lower.
    var values: [UInt64] = []
  }

  /// - Parameter documentCount: Documents of the segment.
  init(documentCount: Int) { self.documentCount = documentCount }

  static func hash(_ base: [UInt8]) -> UInt32 {
    UInt32(truncatingIfNeeded: Checksum.of(base.rawSpan) >> 32)
  }

  /// Takes note of the next term.
  ///
  /// - Parameter documentFrequency: Documents of the segment that hold it.
  mutating func add(_ term: [UInt8], documentFrequency: Int) {
    defer { number += 1 }
    guard let first = term.first, first >= 0x20 else {
      addLanguage(term, documentFrequency)
      return
    }
    guard term.count <= Self.longestWord else { return }
    for index in rules.indices {
      let base = rules[index].rule.base(of: term)
      guard base != term else { continue }
      rules[index].values.append(UInt64(Self.hash(base)) << 32 | UInt64(number))
    }
  }

  private mutating func addLanguage(_ term: [UInt8], _ documentFrequency: Int) {
    guard
      documentFrequency >= Self.fewestDocuments || 100 * documentFrequency >= documentCount,
      let (field, value) = FieldTerm.read(term), field == .language, !value.contains("-"),
      let stemmer = Stemmer(language: value),
      !rules.contains(where: { $0.rule.code == stemmer.language })
    else { return }
    rules.append(Entries(rule: .stem(stemmer)))
  }

  /// Writes the file, unless no term has another base; its bytes depend on the terms that were added only.
  mutating func write(
    to folder: String, _ id: SegmentID
  ) throws(SystemError) -> SegmentInfo.File? {
    let contents = finish()
    guard !contents.numbers.isEmpty else { return nil }
    let output = try SegmentFileWriter(.forms, folder: folder)
    try output.beginSection()
    try output.write(contents.head)
    try output.beginSection()
    try output.write(contents.starts)
    try output.beginSection()
    try output.write(contents.tags)
    try output.beginSection()
    try output.write(contents.numbers)
    return try output.finish(id)
  }

  /// The contents of the sections.
  struct Contents: Equatable {
    var head: [UInt8] = []
    var starts: [UInt32] = []
    var tags: [UInt8] = []
    var numbers: [UInt32] = []
  }

  /// The contents of the sections; nothing may be added afterwards.
  mutating func finish() -> Contents {
    var contents = Contents()
    rules.removeAll(where: \.values.isEmpty)
    rules.sort { $0.rule.code < $1.rule.code }
    var head = ByteWriter()
    head.writeCount(rules.count)
    for index in rules.indices {
      var entries: [UInt64] = []
      swap(&entries, &rules[index].values)
      entries.sort()
      var bits = 0
      while bits < Self.mostBits, entries.count >> bits > Self.entriesInBucket { bits += 1 }
      head.writeString(rules[index].rule.code)
      head.writeCount(bits)
      head.writeCount(entries.count)
      var place = 0
      for bucket in 0..<UInt64(1 << bits) {
        contents.starts.append(UInt32(place))
        while place < entries.count, bits == 0 || entries[place] >> UInt64(64 - bits) == bucket {
          place += 1
        }
      }
      contents.starts.append(UInt32(place))
      for entry in entries {
        contents.tags.append(UInt8(truncatingIfNeeded: entry >> 32))
        contents.numbers.append(UInt32(truncatingIfNeeded: entry))
      }
    }
    if !rules.isEmpty { contents.head = head.bytes }
    return contents
  }
}
