// The table of what ignore patterns mean, and git itself as the judge of random ones.

import EvTestSupport
import Foundation
import Testing

@testable import EvIngest

@Suite struct IgnorePatternTests {
  /// A pattern, a path (a folder where it ends with `/`), and whether the pattern matches.
  struct Case: CustomTestStringConvertible {
    let pattern: String
    let path: String
    let isMatch: Bool
    var testDescription: String { "\(pattern) \(isMatch ? "matches" : "does not match") \(path)" }

    init(_ pattern: String, _ path: String, _ isMatch: Bool) {
      (self.pattern, self.path, self.isMatch) = (pattern, path, isMatch)
    }
  }

  static let cases = [
    // A name matches at any depth, all of it, and not a part of it.
    Case("a", "a", true), Case("a", "x/a", true), Case("a", "ab", false), Case("a", "a/", true),
    Case("a", "a/b", false), Case("A", "a", false),
    // A slash at the front or in the middle ties the pattern to the folder of its file.
    Case("/a", "a", true), Case("/a", "x/a", false), Case("x/a", "x/a", true),
    Case("x/a", "y/x/a", false), Case("/x/a", "x/a", true),
    // A slash at the end is for folders only.
    Case("a/", "a/", true), Case("a/", "a", false), Case("a/", "x/a/", true),
    Case("x/a/", "x/a/", true), Case("x/a/", "x/a", false),
    // Stars and question marks stay in one component.
    Case("*.c", "f.c", true), Case("*.c", "x/f.c", true), Case("*.c", ".c", true),
    Case("*.c", "f.cc", false), Case("x/*", "x/f", true), Case("x/*", "x/y/f", false),
    Case("x/*/f", "x/y/f", true), Case("x/*/f", "x/f", false), Case("?", "a", true),
    Case("?", "ab", false), Case("?", "", false), Case("a?c", "a/c", false),
    Case("f*o*r", "foobar", true), Case("f*o*r", "foobaz", false), Case("*", "anything", true),
    // Two stars reach across components, but only as a component of their own.
    Case("**/a", "a", true), Case("**/a", "x/y/a", true), Case("a/**", "a/b/c", true),
    Case("a/**", "a/", false), Case("a/**/b", "a/b", true), Case("a/**/b", "a/x/y/b", true),
    Case("a/**/b", "ab", false), Case("**", "x/y", true), Case("a**b", "axb", true),
    Case("x/a**b", "x/a/b", false), Case("**/x/**/y", "a/x/b/c/y", true),
    Case("**/x/**/y", "a/x/y/z", false),
    // Sets of characters.
    Case("[abc]", "b", true), Case("[abc]", "d", false), Case("[a-c]x", "bx", true),
    Case("[!a-c]", "d", true), Case("[^a-c]", "a", false), Case("[]]", "]", true),
    Case("[!]]", "]", false), Case("[a-]", "-", true), Case("[-a]", "-", true),
    Case("[[:digit:]]", "7", true), Case("[[:digit:]]", "x", false), Case("[[:nope:]]", "n", false),
    Case("[[:upper:][:digit:]]", "Q", true), Case("a[/]b", "a/b", false), Case("[", "[", false),
    Case("[a", "[a", false), Case("[\\]]", "]", true), Case("[\\-x]", "-", true),
    Case("[!/]", "x", true),
    // Escapes, comments, negation.
    Case("\\#a", "#a", true), Case("#a", "#a", false), Case("\\!a", "!a", true),
    Case("\\*", "*", true), Case("\\*", "x", false), Case("a\\", "a\\", false),
    Case("a\\\\", "a\\", true), Case("\\a", "a", true),
    // Spaces at the end go, unless a backslash keeps them; those in front and inside stay.
    Case("a  ", "a", true), Case("a\\ ", "a ", true), Case("a\\ ", "a", false),
    Case("a\\  ", "a ", true), Case(" a", " a", true), Case("a b", "a b", true),
    Case("a\r", "a", true),
    // Bytes above ASCII are bytes.
    Case("é*", "école", true), Case("語", "x/語", true), Case("??", "é", true),
  ]

  @Test(arguments: cases)
  func `a pattern matches as gitignore says`(_ test: Case) {
    var path = Array(test.path.utf8)
    let isFolder = path.last == UInt8(ascii: "/")
    if isFolder { path.removeLast() }
    let isMatch = IgnorePattern(line: test.pattern.utf8)?.matches(path[...], isFolder: isFolder)
    #expect((isMatch ?? false) == test.isMatch)
  }

  @Test(arguments: ["", " ", "   ", "#", "# a", "/", "!", "\r", "\\"])
  func `a line without a pattern is none`(_ line: String) {
    #expect(IgnorePattern(line: line.utf8) == nil)
  }

  @Test func `many stars take no time to fail`() throws {
    let stars = String(repeating: "a*", count: 100) + "b"
    let pattern = try #require(IgnorePattern(line: stars.utf8))
    let name = [UInt8](repeating: UInt8(ascii: "a"), count: 1000)
    #expect(!pattern.matches(name[...], isFolder: false))
    let deep = try #require(
      IgnorePattern(line: (String(repeating: "**/a/", count: 200) + "b").utf8))
    let path = Array(String(repeating: "a/", count: 500).utf8) + [UInt8(ascii: "a")]
    #expect(!deep.matches(path[...], isFolder: false))
  }

  @Test func `the last pattern that matches wins`() {
    let file = IgnoreFile(Array("*.txt\n!keep.txt\nkeep.*\n!keep.txt\n".utf8))
    func verdict(_ path: String) -> Bool? {
      file.verdict(on: Array(path.utf8)[...], isFolder: false)
    }
    #expect(verdict("a.txt") == true)
    #expect(verdict("keep.txt") == false)
    #expect(verdict("keep.md") == true)
    #expect(verdict("a.md") == nil)
  }

  // Foundation's Process on a tree of files; git walks it and we walk it.
  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/git"), "needs git"),
    arguments: 0..<(runsLongTests ? 600 : 2) as Range<UInt64>)
  func `git ignores the same files`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let folder = try TemporaryDirectory()
    try folder.write(".git/HEAD", "ref: refs/heads/main\n")
    for name in ["objects", "refs/heads"] {
      try FileManager.default.createDirectory(
        atPath: folder.path(".git/" + name), withIntermediateDirectories: true)
    }
    // One run of git for many trees, because starting it takes longer than all the rest.
    for tree in 0..<12 { try writeTree("tree\(tree)/", in: folder, &random) }
    let ours = try FolderSource(root: folder.path, options: IngestOptions(includesHidden: true))
      .scan().files.map(\.path)
    let git = try filesOfGit(in: folder.path)
    let differing = Set(ours).symmetricDifference(git).sorted()
    #expect(differing == [], "of \(ours.count) files")
    #expect(ours == git, "the order")
  }

  /// Writes a tree of files with up to four random ignore files.
  private func writeTree(
    _ top: String, in folder: TemporaryDirectory, _ random: inout SplitMix64
  ) throws {
    func element<Element>(_ list: [Element]) -> Element {
      list[Int.random(in: 0..<list.count, using: &random)]
    }
    let names = ["a", "b", "ab", "a.c", "b.c", "-", "[a]", "#a", "!b", "a b", "é", "x]", "B7"]
    var folders = [top]
    for _ in 0..<25 {
      var path = top
      for _ in 1..<Int.random(in: 1...4, using: &random) {
        path += "d" + element(names) + "/"
        folders.append(path)
      }
      try folder.write(path + element(names), "x")
    }
    let parts = [
      "a", "b", "c", ".", "*", "**", "?", "[ab]", "[!a]", "[a-", "]", "[[:alpha:]]", "[[:x:]]", "d",
      "\\", "\\ ", " ", "#", "!", "-", "é", "/", "/", "**/", "/**", "*", "[\\]x]", "[]a]", "[^d-]",
    ]
    for place in [top] + (0..<3).map({ _ in element(folders) }) {
      let lines = (0..<6).map { _ in
        (0...Int.random(in: 0...4, using: &random)).map { _ in element(parts) }.joined()
      }
      // git takes off the plain start of a pattern before it looks for stars, so that `a**/b` means
      // `a` and then `**/b`; and `**\/` wants one folder at least. Its manual says otherwise of the
      // first and nothing of the second. We do what the manual says.
      .filter { line in
        guard !line.contains("\\/") else { return false }
        let start = line.prefix { !"*?[\\".contains($0) }
        return !line.dropFirst(start.count).hasPrefix("**")
          || start.allSatisfy { "!/".contains($0) }
          || start.hasSuffix("/")
      }
      try folder.write(place + ".gitignore", lines.joined(separator: "\n") + "\n")
    }
  }

  /// The files that git would add, in its order.
  private func filesOfGit(in folder: String) throws -> [String] {
    let git = Process()
    git.executableURL = URL(fileURLWithPath: "/usr/bin/git")
    git.arguments = ["ls-files", "--others", "--exclude-standard", "-z"]
    git.currentDirectoryURL = URL(fileURLWithPath: folder)
    git.environment = [
      "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "HOME": folder,
    ]
    let output = Pipe()
    git.standardOutput = output
    try git.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    git.waitUntilExit()
    try #require(git.terminationStatus == 0)
    return String(decoding: bytes, as: UTF8.self).split(separator: "\0").map(String.init)
  }
}
