// One line of an ignore file, with the meaning that gitignore(5) and git's own code give it.

/// A pattern of an ignore file.
///
/// Matching works on bytes, as in git, and takes time in proportion to the product of the lengths of
/// pattern and path at worst, however many stars a pattern has.
struct IgnorePattern {
  /// Whether the pattern takes files back in, with a leading `!`.
  let isNegated: Bool

  /// Whether the pattern is for folders only, with a trailing `/`.
  let matchesOnlyFolders: Bool

  /// Whether the pattern is compared with the whole path, as one that holds a `/` is, and not with
  /// the last component alone.
  let isAnchored: Bool

  /// What the components of the path have to look like.
  private let segments: [Segment]

  private enum Segment {
    /// `**`: any number of components.
    case anyComponents

    /// One component.
    case glob([GlobElement])
  }

  /// Reads a line; nil where it holds no pattern, or one that cannot match anything.
  ///
  /// - Parameter line: The line without its line feed.
  init?(line: some Collection<UInt8>) {
    var text = Array(line)
    if text.last == UInt8(ascii: "\r") { text.removeLast() }
    guard text.first != UInt8(ascii: "#") else { return nil }
    Self.trimTrailingSpaces(of: &text)

    isNegated = text.first == UInt8(ascii: "!")
    if isNegated { text.removeFirst() }
    matchesOnlyFolders = text.last == UInt8(ascii: "/")
    if matchesOnlyFolders { text.removeLast() }
    isAnchored = text.contains(UInt8(ascii: "/"))
    if text.first == UInt8(ascii: "/") { text.removeFirst() }

    guard !text.isEmpty, let elements = GlobElement.parse(text) else { return nil }
    segments = elements.split(separator: .slash, omittingEmptySubsequences: false).map { part in
      // Only a component of nothing but stars, and at least two, reaches across slashes.
      part.count >= 2 && part.allSatisfy { $0 == .anyBytes } ? .anyComponents : .glob(Array(part))
    }
  }

  /// Whether the pattern matches.
  ///
  /// - Parameters:
  ///   - path: The path from the folder of the ignore file, with `/` between components.
  ///   - isFolder: Whether it is a folder.
  /// - Returns: Whether the pattern, taken by itself, speaks of this path.
  func matches(_ path: ArraySlice<UInt8>, isFolder: Bool) -> Bool {
    guard isFolder || !matchesOnlyFolders else { return false }
    guard isAnchored else {
      let start = path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? path.startIndex
      guard case .glob(let elements)? = segments.first else { return true }
      return GlobElement.matches(elements, path[start...])
    }
    return matchesComponents(path.split(separator: UInt8(ascii: "/")))
  }

  /// Compares segments with components; after a mismatch the last `**` takes one component more.
  private func matchesComponents(_ components: [ArraySlice<UInt8>]) -> Bool {
    var segment = 0
    var component = 0
    var lastStar: (segment: Int, component: Int)?
    while component < components.count {
      if segment < segments.count, case .anyComponents = segments[segment] {
        // At the end it stands for everything inside, so for one component at least.
        if segment == segments.count - 1 { return true }
        lastStar = (segment, component)
        segment += 1
      } else if segment < segments.count, case .glob(let elements) = segments[segment],
        GlobElement.matches(elements, components[component])
      {
        segment += 1
        component += 1
      } else if let star = lastStar {
        lastStar = (star.segment, star.component + 1)
        segment = star.segment + 1
        component = star.component + 1
      } else {
        return false
      }
    }
    return segment == segments.count
  }

  /// Removes spaces at the end, but not one that a backslash keeps.
  private static func trimTrailingSpaces(of text: inout [UInt8]) {
    var end = 0
    var index = 0
    while index < text.count {
      if text[index] == UInt8(ascii: "\\") {
        index = min(index + 2, text.count)
        end = index
      } else {
        if text[index] != UInt8(ascii: " ") { end = index + 1 }
        index += 1
      }
    }
    text.removeSubrange(end...)
  }
}
