import CVectors
import EvTestSupport

/// The comparison of the positions that two words have in a document, given as differences.
func measureMeetings(_ table: KernelTable) throws {
  for (few, many) in [(1, 1), (2, 3), (2, 60), (40, 60)] {
    var random = SplitMix64(seed: UInt64(100 * few + many))
    var rows: [(few: [UInt32], many: [UInt32])] = []
    for _ in 0..<512 {
      rows.append((differences(few, &random), differences(many, &random)))
    }
    try table.measure(
      "meetings of \(few) and \(many) positions", "pair", items: 1, calls: rows.count
    ) { call in
      // Safe: three places more than the rows have are there.
      unsafe Int(ev_meetings(rows[call].few, few, 1, rows[call].many, many, 0))
    } twin: { call in
      var (found, other, position) = (0, 0, rows[call].many[0])
      var wanted: UInt32 = 1
      for index in 0..<few {
        wanted += rows[call].few[index]
        while position < wanted, other + 1 < many {
          other += 1
          position += rows[call].many[other]
        }
        if position == wanted { found += 1 }
      }
      return found
    }
  }
}

/// Differences of ascending positions in a text of some hundred words, and three places behind them.
private func differences(_ count: Int, _ random: inout SplitMix64) -> [UInt32] {
  let step = UInt32(400 / count)
  return (0..<count).map { _ in UInt32.random(in: 1...step, using: &random) } + [9, 9, 9]
}
