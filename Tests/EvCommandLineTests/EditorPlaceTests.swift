import EvTerminal
import EvTestSupport
import Testing

@testable import EvCommandLine

@Suite struct EditorPlaceTests {
  @Test(
    arguments: [
      (["VISUAL": "emacs -nw", "EDITOR": "ed"], ["emacs", "-nw", "+9", "/f"]),
      (["EDITOR": "nano"], ["nano", "+9", "/f"]),
      (["VISUAL": "", "EDITOR": ""], ["vi", "+9", "/f"]),
      (["EDITOR": "  "], ["vi", "+9", "/f"]),
      ([:], ["vi", "+9", "/f"]),
    ] as [([String: String], [String])])
  func `the editor is the person's, with its arguments`(
    variables: [String: String], arguments: [String]
  ) {
    let place = EditorPlace(path: "/f", line: 9)
    #expect(place.arguments(Environment(variables), file: "/f") == arguments)
  }

  @Test func `the file of a record is opened, and no shell reads its name`() throws {
    let folder = try TemporaryDirectory()
    let path = try folder.write("$(touch x); 'a b'.jsonl", "{}\n")
    let copy = folder.path("copy")
    let editor = try folder.write("editor", "#!/bin/sh\nprintf '%s|' \"$@\" >\(copy)\n")
    #expect(ChildProcess.run(["chmod", "+x", editor]) == .exited(0))

    let place = EditorPlace(path: path + "#17", line: 3)
    #expect(place.openInEditor(Environment(["EDITOR": "\(editor) -x"])) == nil)
    let seen = try #require(SystemCalls.open(copy, 0))
    #expect(String(decoding: SystemCalls.readAll(seen), as: UTF8.self) == "-x|+3|\(path)|")
  }

  @Test func `a file that is gone is said to be gone`() {
    let place = EditorPlace(path: "/nowhere/a.md", line: 1)
    #expect(
      place.openInEditor(Environment(["EDITOR": "false"]))
        == "There is no file /nowhere/a.md any more.")
  }

  @Test func `an editor that fails is reported`() {
    let place = EditorPlace(path: "/dev/null", line: 1)
    #expect(
      place.openInEditor(Environment(["EDITOR": "false"])) == "false ended with status 1.")
    let missing = place.openInEditor(Environment(["EDITOR": "/nowhere/editor"]))
    #expect(missing?.hasPrefix("/nowhere/editor cannot be started") == true)
  }
}
