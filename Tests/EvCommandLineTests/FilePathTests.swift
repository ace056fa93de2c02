import EvTestSupport
import Foundation
import Testing

@testable import EvCommandLine

@Suite struct FilePathTests {
  @Test(arguments: [
    ("/a/b/seeds/x.md", "/a/b", "seeds/x.md"),
    ("/a/b/x.md", "/a/b", "x.md"),
    ("/a/x.md", "/a/b", "../x.md"),
    ("/a/b", "/a/b", "."),
    ("/a/bc/x", "/a/b", "../bc/x"),
    ("/z/x", "/a/b", "/z/x"),
    ("/z/x", "/", "z/x"),
    ("x", "/a", "x"),
  ])
  func `a path is shown from the working folder`(path: String, folder: String, shown: String) {
    #expect(FilePath.relative(path, to: folder) == shown)
  }

  @Test(arguments: 0..<200)
  func `a shown path leads back to the file`(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    func path() -> String {
      "/"
        + (0..<Int.random(in: 1...5, using: &random)).map { _ in
          ["a", "b", "锁"][Int.random(in: 0..<3, using: &random)]
        }.joined(separator: "/")
    }
    let file = path()
    let folder = path()
    let shown = FilePath.relative(file, to: folder)
    #expect(
      URL(fileURLWithPath: FilePath.absolute(shown, in: folder)).standardizedFileURL.path == file)
  }
}
