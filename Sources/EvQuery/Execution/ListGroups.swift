internal import EvBytes

/// The lists of a segment for the clauses of a plan, by role.
@safe
struct ListGroups {
  /// Lists of which each must have a document.
  let required: UnsafeMutableBufferPointer<TermList>
  /// Lists that add to a score.
  let optional: UnsafeMutableBufferPointer<TermList>
  /// Lists of which none may have a document.
  let excluded: UnsafeMutableBufferPointer<TermList>

  // Memory of the kernel that runs over the lists. For each place of a block: what lists behind the first
  // add to the score, as it is; the places that are left, and those of them that a list is asked for.
  let sums: UnsafeMutablePointer<Double>
  let places: UnsafeMutablePointer<UInt32>
  let probes: UnsafeMutablePointer<UInt32>
  /// For each list what others may add.
  let rest: UnsafeMutablePointer<Float>

  /// Bytes of scratch memory that so many lists need.
  static func scratchBytes(_ count: Int) -> Int { 16 * TermList.blockSize + 4 * (count + 16) }

  /// Cuts `lists`, which come in the order of the roles.
  ///
  /// - Parameter scratch: ``scratchBytes(_:)`` of memory, aligned to 64 bytes, that outlives the groups.
  init(
    _ lists: UnsafeMutableBufferPointer<TermList>, required count: Int, optional: Int,
    scratch: UnsafeMutableRawPointer
  ) {
    let size = TermList.blockSize
    // Safe: 8, 4 and 4 bytes for each place of a block, and 4 for each list.
    unsafe sums = scratch.bindMemory(to: Double.self, capacity: size)
    unsafe places = (scratch + 8 * size).bindMemory(to: UInt32.self, capacity: size)
    unsafe probes = (scratch + 12 * size).bindMemory(to: UInt32.self, capacity: size)
    unsafe rest = (scratch + 16 * size).bindMemory(to: Float.self, capacity: lists.count)
    unsafe required = UnsafeMutableBufferPointer(rebasing: lists[..<count])
    unsafe self.optional = UnsafeMutableBufferPointer(rebasing: lists[count..<count + optional])
    unsafe excluded = UnsafeMutableBufferPointer(rebasing: lists[(count + optional)...])
  }

  /// Whether an excluded list has a document; documents ascend, as for all lists.
  func excludes(_ document: UInt32) throws(FormatError) -> Bool {
    for number in unsafe excluded.indices where unsafe try excluded[number].contains(document) {
      return true
    }
    return false
  }

  /// What was done with each list.
  var traced: [ExecutionTrace.List] {
    unsafe (Array(required) + optional + excluded).map(\.tracedWork)
  }

  /// Lets every list begin again.
  func rewind() {
    unsafe Self.rewind(required)
    unsafe Self.rewind(optional)
    unsafe Self.rewind(excluded)
  }

  private static func rewind(_ lists: UnsafeMutableBufferPointer<TermList>) {
    for number in lists.indices { unsafe lists[number].rewind() }
  }
}

extension UnsafeMutableBufferPointer<TermList> {
  /// Sorts a few lists; lists are large, and moved as seldom as can be.
  mutating func sortLists(_ precedes: (borrowing TermList, borrowing TermList) -> Bool) {
    guard count <= 32 else {
      unsafe sort { precedes($0, $1) }
      return
    }
    for end in indices.dropFirst() {
      var place = end
      // Safe: places are inside.
      while place > 0, unsafe precedes(self[place], self[place - 1]) {
        unsafe swapAt(place, place - 1)
        place -= 1
      }
    }
  }
}

extension UnsafeMutablePointer<Float> {
  /// Notes what the lists behind each may add to a score together, and `more`, rounded up.
  func setBounds(behind lists: UnsafeMutableBufferPointer<TermList>, and more: Float = 0) {
    var sum = more
    for number in lists.indices.reversed() {
      // Safe: there is a place for each list.
      unsafe self[number] = sum
      sum = unsafe (sum + lists[number].upperBound) * (1 + TermList.slack)
    }
  }
}

/// What the lists behind each may add to a score together, rounded up.
///
/// - Parameter bounds: The most that each list may add.
func boundsBehind(_ bounds: [Float]) -> [Float] {
  var rest = [Float](repeating: 0, count: bounds.count)
  for index in rest.indices.reversed().dropFirst() {
    rest[index] = (rest[index + 1] + bounds[index + 1]) * (1 + TermList.slack)
  }
  return rest
}
