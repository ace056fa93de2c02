import EvTestSupport
import Foundation
import Testing

/// The map of the source code, as far as names go: what it names is there.
struct ArchitectureTests {
  /// The names between grave accents that are written as types, files and folders are.
  private static func names(in text: String) -> Set<Substring> {
    Set(
      text.matches(of: /`([A-Z][A-Za-z]+(?:\+[A-Z][A-Za-z]+)?)(?:\.[a-z]\w*)?`/).map(\.output.1))
  }

  /// All names of Swift files and folders, and of declared types.
  private static func declared(in folders: [String]) throws -> Set<Substring> {
    var names: Set<Substring> = []
    for folder in folders {
      let root = URL(fileURLWithPath: Repository.root + "/" + folder).resolvingSymlinksInPath().path
      let enumerator = try #require(FileManager.default.enumerator(atPath: root))
      while let path = enumerator.nextObject() as? String {
        let name = path.split(separator: "/").last ?? ""
        names.insert(name.split(separator: ".").first ?? name)
        guard name.hasSuffix(".swift") else { continue }
        let text = try String(contentsOfFile: root + "/" + path, encoding: .utf8)
        names.formUnion(
          text.matches(of: /\b(?:struct|class|enum|protocol|typealias|case) ([A-Z]\w*)/)
            .map(\.output.1))
      }
    }
    return names
  }

  @Test func `every type, file and folder that ARCHITECTURE names is there`() throws {
    let text = try String(contentsOfFile: Repository.root + "/ARCHITECTURE.md", encoding: .utf8)
    let names = Self.names(in: text)
    #expect(names.count > 100)
    let declared = try Self.declared(in: ["Sources", "Tests", "Benchmarks"])
    // Names of other things: files of the root.
    let others: Set<Substring> = ["Makefile", "Package", "README", "CHANGELOG", "ARCHITECTURE"]
    let missing = names.subtracting(declared).subtracting(others).sorted()
    #expect(missing.isEmpty)
  }
}
