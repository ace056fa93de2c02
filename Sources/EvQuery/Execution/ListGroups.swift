/// The lists of a segment for the clauses of a plan, by role.
@safe
struct ListGroups {
  /// Lists of which each must have a document.
  let required: UnsafeMutableBufferPointer<TermList>
  /// Lists that add to a score.
  let optional: UnsafeMutableBufferPointer<TermList>
  /// Lists of which none may have a document.
  let excluded: UnsafeMutableBufferPointer<TermList>

  /// Cuts `lists`, which come in the order of the roles.
  init(_ lists: UnsafeMutableBufferPointer<TermList>, required count: Int, optional: Int) {
    unsafe required = UnsafeMutableBufferPointer(rebasing: lists[..<count])
    unsafe self.optional = UnsafeMutableBufferPointer(rebasing: lists[count..<count + optional])
    unsafe excluded = UnsafeMutableBufferPointer(rebasing: lists[(count + optional)...])
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
