// A few thousand inputs that are almost right for each reader of files; `evsearch-fuzz` runs more.

import EvFuzz
import EvTestSupport
import Testing

@Suite struct FuzzTests {
  @Test(arguments: FuzzTarget.allCases, 0..<4 as Range<UInt64>)
  func `what is almost right does no harm`(target: FuzzTarget, seed: UInt64) {
    var mutator = target.mutator(seed: 1, stream: seed)
    // To damage and read an index takes longer than to read a text. The long run is for the sanitizer.
    for number in 0..<(runsLongTests ? 25_000 : target.isIndexFile ? 8 : 75) {
      let input = mutator.next()
      let problem = target.problem(with: input)
      #expect(problem == nil, "input \(number): \(String(decoding: input, as: UTF8.self))")
    }
  }

  @Test func `a seed makes the same inputs again`() {
    var one = FuzzTarget.html.mutator(seed: 7)
    var other = FuzzTarget.html.mutator(seed: 7)
    var third = FuzzTarget.html.mutator(seed: 8)
    let inputs = (0..<50).map { _ in one.next() }
    #expect(inputs == (0..<50).map { _ in other.next() })
    #expect(inputs != (0..<50).map { _ in third.next() })
    #expect(inputs.allSatisfy { $0.count <= Mutator.maximumBytes })
  }

  @Test(arguments: ["+NIO (path:)^2", "(lang:)^0.5 (a:)^2", "-(tag:)^2"])
  func `a word that ends as a field begins is boosted as a word`(text: String) {
    #expect(FuzzTarget.query.problem(with: Array(text.utf8)) == nil)
  }

  @Test(arguments: FuzzTarget.allCases)
  func `the seeds themselves are read`(target: FuzzTarget) throws {
    for seed in target.seedInputs { #expect(try target.isSound(seed)) }
  }

  @Test func `a phrase whose positions are not in the file is an error once`() throws {
    // What had been opened of the phrase was given back twice. The input is a section without bytes.
    #expect(try !FuzzTarget.positions.isSound([0x80]))
  }
}
