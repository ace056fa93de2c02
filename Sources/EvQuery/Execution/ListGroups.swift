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
  init(_ lists: UnsafeMutableBufferPointer<TermList>, counts: [Int]) {
    let first = counts[Plan.Role.required.rawValue]
    let second = first + counts[Plan.Role.optional.rawValue]
    unsafe required = UnsafeMutableBufferPointer(rebasing: lists[..<first])
    unsafe optional = UnsafeMutableBufferPointer(rebasing: lists[first..<second])
    unsafe excluded = UnsafeMutableBufferPointer(rebasing: lists[second...])
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
