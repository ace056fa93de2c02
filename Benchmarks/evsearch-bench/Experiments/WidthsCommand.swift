import ArgumentParser
import CProcessor
import CVectors
import EvBytes
import EvCodecs
import EvIndex
import Glibc

/// How far apart the documents should be whose differences are packed.
struct WidthsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "widths",
    abstract: "Bits a posting, and time, of differences between documents 1, 4, 8, 16 apart.",
    discussion: """
      Over all whole blocks of 128 of all lists. Each block is taken as a set of bits where that is \
      smaller, or as differences at one width; the documents in front of the block count as its last.
      """)

  @Argument(help: "The folder of the index; one segment.")
  var folder: String

  @Option(help: "Rounds of each timing.")
  var rounds = 200

  private static let distances = [1, 4, 8, 16]

  func run() throws {
    _ = ev_hold_to_one_processor()
    let index = try ExperimentIndex(folder)
    var bytes = [Int](repeating: 0, count: Self.distances.count)
    var packedBytes = bytes
    var setBlocks = bytes
    var (blocks, fromBase) = (0, 0)
    // Every 64th block that is no set of bits, for the timing.
    var samples: [[UInt32]] = []
    var cursor = TermCursor(index.segment.terms)
    while try cursor.next() {
      guard cursor.info.blockCount > 0 else { continue }
      var postings = PostingsCursor(index.segment.postings, cursor.info)
      var base = UInt32.max
      for _ in 0..<cursor.info.documentFrequency / 128 {
        var documents: [UInt32] = []
        for _ in 0..<128 { documents.append(try postings.next()) }
        let words = Int(documents[127] / 64) - Int((base &+ 1) / 64) + 1
        for (number, distance) in Self.distances.enumerated() {
          let packed = 16 * Self.width(documents, base: base, distance: distance)
          packedBytes[number] += packed
          bytes[number] += min(packed, 8 * words)
          setBlocks[number] += 8 * words < packed ? 1 : 0
        }
        fromBase += min(
          8 * words, 16 * (32 - (documents[127] &- (base &+ 1)).leadingZeroBitCount))
        if blocks % 64 == 0, 8 * words >= 16 * Self.width(documents, base: base, distance: 4) {
          samples.append([base] + documents)
        }
        base = documents[127]
        blocks += 1
      }
    }
    print("\(blocks) blocks, \(samples.count) timed\n")
    print(row(["distance", "bits a posting", "without sets", "sets", "unpack, ns", "add up, ns"]))
    print("|--:|--:|--:|--:|--:|--:|")
    let bits = { (bytes: Int) in decimal(Double(bytes) / Double(16 * blocks)) }
    for (number, distance) in Self.distances.enumerated() {
      let (unpack, sum) = try time(samples, distance: distance)
      print(
        row([
          "\(distance)", bits(bytes[number]), bits(packedBytes[number]),
          decimal(100 * Double(setBlocks[number]) / Double(blocks), 1) + " %",
          decimal(unpack, 3), decimal(sum, 3),
        ]))
    }
    print(row(["from the block's first", bits(fromBase), "", "", "", "0"]))
  }

  /// The bits that the largest difference of a block needs.
  private static func width(_ documents: [UInt32], base: UInt32, distance: Int) -> Int {
    var all: UInt32 = 0
    for index in 0..<128 {
      all |= documents[index] &- (index < distance ? base : documents[index - distance])
    }
    return 32 - all.leadingZeroBitCount
  }

  /// Nanoseconds an integer: unpacking alone, and adding up in a second pass.
  private func time(
    _ samples: [[UInt32]], distance: Int
  ) throws -> (unpack: Double, sum: Double) {
    var writer = ByteWriter()
    var places: [(offset: Int, width: Int)] = []
    for sample in samples {
      let documents = Array(sample[1...])
      let width = Self.width(documents, base: sample[0], distance: distance)
      places.append((writer.count, width))
      let deltas = documents.indices.map { index in
        documents[index] &- (index < distance ? sample[0] : documents[index - distance])
      }
      PackedBlock.pack(deltas.span, width: width, to: &writer)
    }
    let bytes = writer.bytes
    var values = [UInt32](repeating: 0, count: 128)
    func pass(adds: Bool) throws -> Double {
      var least = Double.infinity
      for _ in 0..<rounds {
        let start = processorNanoseconds()
        for (number, place) in places.enumerated() {
          var span = values.mutableSpan
          try PackedBlock.unpack(bytes.rawSpan, at: place.offset, width: place.width, into: &span)
          if adds { Self.addUp(&span, base: samples[number][0], distance: distance) }
          ev_keep(Int(span[127]))
        }
        least = min(least, processorNanoseconds() - start)
      }
      return least / Double(128 * places.count)
    }
    // What is added up must be the documents.
    for (number, place) in places.enumerated() {
      var span = values.mutableSpan
      try PackedBlock.unpack(bytes.rawSpan, at: place.offset, width: place.width, into: &span)
      Self.addUp(&span, base: samples[number][0], distance: distance)
      guard values == Array(samples[number][1...]) else {
        throw ValidationError("Differences of distance \(distance) do not add up.")
      }
    }
    let unpack = try pass(adds: false)
    return (unpack, try pass(adds: true) - unpack)
  }

  /// Turns differences into documents: value by value, or in lanes of four.
  private static func addUp(_ values: inout MutableSpan<UInt32>, base: UInt32, distance: Int) {
    // Safe: a block has 128 places.
    unsafe values.withUnsafeMutableBufferPointer { buffer in
      guard let values = buffer.baseAddress else { return }
      if distance == 1 {
        var sum = base
        for index in 0..<128 {
          sum = unsafe sum &+ values[index]
          unsafe values[index] = sum
        }
        return
      }
      // As many running sums of four lanes as the distance has.
      var (first, second, third, fourth) =
        (ev_u32x4_splat(base), ev_u32x4_splat(base), ev_u32x4_splat(base), ev_u32x4_splat(base))
      for index in stride(from: 0, to: 128, by: 16) {
        let row = unsafe values + index
        switch distance {
        case 4:
          first = unsafe ev_u32x4_add(first, ev_u32x4_load(row))
          second = unsafe ev_u32x4_add(first, ev_u32x4_load(row + 4))
          third = unsafe ev_u32x4_add(second, ev_u32x4_load(row + 8))
          fourth = unsafe ev_u32x4_add(third, ev_u32x4_load(row + 12))
        case 8:
          first = unsafe ev_u32x4_add(index == 0 ? first : third, ev_u32x4_load(row))
          second = unsafe ev_u32x4_add(index == 0 ? second : fourth, ev_u32x4_load(row + 4))
          third = unsafe ev_u32x4_add(first, ev_u32x4_load(row + 8))
          fourth = unsafe ev_u32x4_add(second, ev_u32x4_load(row + 12))
        default:
          first = unsafe ev_u32x4_add(first, ev_u32x4_load(row))
          second = unsafe ev_u32x4_add(second, ev_u32x4_load(row + 4))
          third = unsafe ev_u32x4_add(third, ev_u32x4_load(row + 8))
          fourth = unsafe ev_u32x4_add(fourth, ev_u32x4_load(row + 12))
        }
        unsafe ev_u32x4_store(row, first)
        unsafe ev_u32x4_store(row + 4, second)
        unsafe ev_u32x4_store(row + 8, third)
        unsafe ev_u32x4_store(row + 12, fourth)
        if distance == 4 { first = fourth }
      }
    }
  }
}

/// Processor time of this thread, in nanoseconds.
func processorNanoseconds() -> Double {
  var time = timespec()
  // Safe: the system writes one value.
  unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}
