// The text of a document, as the index sees it.

import ArgumentParser
import EvIndex
import EvSearch
import EvTerminal

/// Prints the text of a document.
struct GetCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Print the text of a document.",
    discussion: """
      It is what is indexed of a file: without markup, decoded, unpacked. A document is named as in the \
      results of a search, a record of a file by path#record.
      """)

  @Argument(help: "The document.", completion: .file())
  var document: String

  @OptionGroup var common: CommonOptions

  var color: ColorChoice { common.colorChoice }

  func run(on console: Console) throws(CommandError) -> ExitStatus {
    let path = try IndexLocation.existing(common.indexPath, on: console)
    let index = try SearchIndex.opened(at: path)
    let text = try Self.text(of: document, index, from: console.workingFolder)
    // A program gets the text as it is, a terminal nothing that acts on it.
    guard console.output.isTerminal else {
      console.output.write(text.hasSuffix("\n") ? text : text + "\n")
      return .success
    }
    let palette = console.palette(of: console.output, color)
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      console.output.write(StyledText(String(line)), palette)
    }
    return .success
  }

  /// The text of a document whose path is from the folder of the documents or from another one.
  static func text(
    of name: String, _ index: SearchIndex, from folder: String
  ) throws(CommandError) -> String {
    let files = DocumentFiles(ofIndex: index.path, root: index.collectionRoot)
    let here = FilePath.absolute(name, in: folder)
    var names = [name]
    // Nothing outside of the folder of the documents is read, whatever the path says.
    let root = SystemCalls.realPath(index.collectionRoot) ?? index.collectionRoot
    if let real = SystemCalls.realPath(here), FilePath.contains(root, real) {
      names.insert(FilePath.relative(real, to: root), at: 0)
    } else if FilePath.contains(root, here) {
      names.insert(FilePath.relative(here, to: root), at: 0)
    }
    for name in names where !name.split(separator: "/").contains("..") && !name.hasPrefix("/") {
      guard index.indexedFiles()?.file(ofDocument: name) != nil else { continue }
      if let document = files.document(name) { return document.text }
    }
    throw CommandError(
      code: "no_document", message: "There is no document \(name) in the index at \(index.path).",
      hint: "A search names documents: evsearch -l WORDS")
  }
}
