// The one place that speaks to cmark-gfm: a Markdown text in, its tree out as a row of events.

import CMarkdown
import Glibc

/// A step of the walk through a Markdown tree.
struct MarkdownEvent {
  /// What kind of node is entered or left.
  enum Kind {
    case paragraph, heading(level: Int), codeBlock(isFenced: Bool), htmlBlock
    case tableRow, tableCell
    case text, code, softBreak, lineBreak, htmlInline
    /// Containers, and what has no text of its own.
    case other
  }

  let kind: Kind

  /// Whether the node is entered; a leaf is only entered.
  let isEnter: Bool

  /// The line that the node starts on, from 1; 0 where the parser does not know.
  let startLine: Int

  /// The byte of that line, from 1.
  ///
  /// Behind the first line of a block it can be wrong by as much as
  /// the indentations of the lines differ.
  let startColumn: Int

  /// The last line of the node.
  let endLine: Int

  /// The last byte of the node in that line, from 1.
  let endColumn: Int

  /// The text of a leaf.
  let literal: [UInt8]
}

/// Parses Markdown.
enum MarkdownTree {
  /// The table extension of the parser's library.
  ///
  /// Tables alone: other extensions change global tables of the parser while it runs, so two
  /// threads could not parse at once.
  ///
  /// Safe: made once, under the lock of a static property, and only read from then on.
  nonisolated(unsafe) private static let tableExtension: OpaquePointer? = {
    cmark_gfm_core_extensions_ensure_registered()
    return unsafe cmark_find_syntax_extension("table")
  }()

  /// Parses `text` and calls `body` for each step of the walk through it.
  ///
  /// - Precondition: `text` is UTF-8 of less than 2^29 bytes; the parser ends the process when a
  ///   block outgrows its own 32-bit sizes.
  static func walk(_ text: ArraySlice<UInt8>, _ body: (MarkdownEvent) -> Void) {
    precondition(text.count < 1 << 29, "Markdown of \(text.count) bytes is too large to parse")
    guard let parser = unsafe cmark_parser_new(CMARK_OPT_DEFAULT) else { return }
    // Safe: the parser, its tree and the iterator live until the end of this function, and nothing
    // of theirs leaves it: events hold copies.
    defer { unsafe cmark_parser_free(parser) }
    if hasModestTables(text), let table = unsafe tableExtension {
      _ = unsafe cmark_parser_attach_syntax_extension(parser, table)
    }
    unsafe text.withUnsafeBytes { bytes in
      unsafe cmark_parser_feed(
        parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    guard let tree = unsafe cmark_parser_finish(parser) else { return }
    defer { unsafe cmark_node_free(tree) }
    guard let iterator = unsafe cmark_iter_new(tree) else { return }
    defer { unsafe cmark_iter_free(iterator) }
    var offset = Offset()
    while true {
      let step = unsafe cmark_iter_next(iterator)
      guard step == CMARK_EVENT_ENTER || step == CMARK_EVENT_EXIT else { return }
      guard let node = unsafe cmark_iter_get_node(iterator) else { return }
      let isEnter = step == CMARK_EVENT_ENTER
      if isEnter, let correction = Offset(node) { offset = correction }
      body(event(node, isEnter: isEnter, offset))
    }
  }

  /// Whether the tables of a text are no more than people write.
  ///
  /// The parser fills each row up to the width of its table, so that a few thousand bytes can ask
  /// for millions of cells. Tables of such a text are left as they are written.
  private static func hasModestTables(_ text: ArraySlice<UInt8>) -> Bool {
    var widest = 0
    var lines = 0
    for line in text.split(separator: UInt8(ascii: "\n")) {
      lines += 1
      // Only a line of bars and dashes makes a table.
      guard line.allSatisfy({ "|-:> \t\r".utf8.contains($0) }) else { continue }
      widest = max(widest, line.count { $0 == UInt8(ascii: "|") } + 1)
    }
    return widest <= 1000 && widest * lines <= 8 * text.count + (1 << 20)
  }

  /// Safe: `node` is a node of the tree that is being walked.
  @safe private static func event(
    _ node: OpaquePointer, isEnter: Bool, _ offset: Offset
  ) -> MarkdownEvent {
    var literal: [UInt8] = []
    if let start = unsafe cmark_node_get_literal(node) {
      literal = unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: strlen(start)))
    }
    return unsafe MarkdownEvent(
      kind: kind(of: node), isEnter: isEnter,
      startLine: Int(cmark_node_get_start_line(node)) + offset.lines,
      startColumn: Int(cmark_node_get_start_column(node)) + offset.columns,
      endLine: offset.endLine ?? Int(cmark_node_get_end_line(node)),
      endColumn: Int(cmark_node_get_end_column(node)) + offset.columns, literal: literal)
  }

  /// Safe: as for `event`.
  @safe fileprivate static func kind(of node: OpaquePointer) -> MarkdownEvent.Kind {
    switch unsafe cmark_node_get_type(node) {
    case CMARK_NODE_PARAGRAPH: return .paragraph
    case CMARK_NODE_HEADING: return unsafe .heading(level: Int(cmark_node_get_heading_level(node)))
    case CMARK_NODE_CODE_BLOCK:
      var (length, offset, character) = (Int32(0), Int32(0), CChar(0))
      let fenced = unsafe cmark_node_get_fenced(node, &length, &offset, &character)
      return .codeBlock(isFenced: fenced != 0)
    case CMARK_NODE_HTML_BLOCK: return .htmlBlock
    case CMARK_NODE_TEXT: return .text
    case CMARK_NODE_CODE: return .code
    case CMARK_NODE_SOFTBREAK: return .softBreak
    case CMARK_NODE_LINEBREAK: return .lineBreak
    case CMARK_NODE_HTML_INLINE: return .htmlInline
    case CMARK_NODE_DOCUMENT, CMARK_NODE_BLOCK_QUOTE, CMARK_NODE_LIST, CMARK_NODE_ITEM,
      CMARK_NODE_EMPH, CMARK_NODE_STRONG, CMARK_NODE_LINK, CMARK_NODE_IMAGE:
      return .other
    default:
      // The nodes of an extension are known by name only.
      guard let name = unsafe cmark_node_get_type_string(node) else { return .other }
      switch unsafe String(cString: name) {
      case "table_header", "table_row": return .tableRow
      case "table_cell": return .tableCell
      default: return .other
      }
    }
  }
}

/// What has to be added to the places of the nodes in a block.
///
/// Where a table follows a paragraph without a blank line, the parser gives the paragraph no place,
/// and the header of the table the place of the paragraph.
private struct Offset {
  var lines = 0
  var columns = 0

  /// The last line of the block, where the parser does not know it.
  var endLine: Int?

  init() {}

  /// The offset that holds from `node` on, or nil where the one before it goes on.
  ///
  /// Safe: `node` is a node of the tree that is being walked, and so are its neighbours.
  @safe init?(_ node: OpaquePointer) {
    switch MarkdownTree.kind(of: node) {
    case .paragraph:
      guard unsafe cmark_node_get_start_line(node) == 0,
        let table = unsafe cmark_node_next(node), let header = Offset.headerLine(of: table)
      else { return }
      lines = unsafe Int(cmark_node_get_start_line(table))
      columns = unsafe Int(cmark_node_get_start_column(table))
      endLine = header - 1
    case .tableRow:
      guard unsafe cmark_node_previous(node) == nil, let table = unsafe cmark_node_parent(node),
        let paragraph = unsafe cmark_node_previous(table),
        case .paragraph = MarkdownTree.kind(of: paragraph),
        unsafe cmark_node_get_start_line(paragraph) == 0,
        let header = Offset.headerLine(of: table)
      else { return }
      lines = unsafe header - Int(cmark_node_get_start_line(node))
      endLine = header
    case .heading, .codeBlock, .htmlBlock: return
    default: return nil
    }
  }

  /// The line of a table's header, two above its first row; nil where `table` is none.
  ///
  /// Safe: as for `init`.
  @safe private static func headerLine(of table: OpaquePointer) -> Int? {
    guard let header = unsafe cmark_node_first_child(table),
      case .tableRow = MarkdownTree.kind(of: header)
    else { return nil }
    guard let row = unsafe cmark_node_next(header) else {
      // Without rows the table ends with the line of dashes.
      return unsafe Int(cmark_node_get_end_line(table)) - 1
    }
    return unsafe Int(cmark_node_get_start_line(row)) - 2
  }
}
