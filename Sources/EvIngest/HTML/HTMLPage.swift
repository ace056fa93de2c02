// The one place that speaks to gumbo: a page of HTML in, its tree out as a row of steps.

import CGumbo

/// A step of the walk through a page.
struct HTMLStep {
  /// What is entered, left or read.
  enum Kind {
    case enter, leave, text
  }

  let kind: Kind

  /// The name of the element in small letters; empty for text and for names that HTML does not have.
  let name: String

  /// The text, with references resolved.
  let text: [UInt8]

  /// Where the text or the start tag is in the page.
  let range: Range<Int>
}

/// The attributes of an element that was just entered, and what to do with its inside.
///
/// Safe: lives only as long as the call that it is given to, in which the page stays as it is.
@safe struct HTMLElement {
  fileprivate let page: OpaquePointer

  /// The value of an attribute, with references resolved, and where it starts in the page; nil where
  /// it is absent.
  func attribute(_ name: String) -> (value: [UInt8], offset: Int)? {
    let value = unsafe ev_html_attribute(page, name)
    guard let bytes = unsafe value.bytes else { return nil }
    let buffer = unsafe UnsafeRawBufferPointer(start: bytes, count: value.count)
    return unsafe ([UInt8](buffer).repaired, value.offset)
  }

  /// The value of an attribute as a string without white space at its ends; nil where it is absent
  /// or empty.
  func string(_ name: String) -> String? {
    guard let value = attribute(name)?.value else { return nil }
    let trimmed = value.trimmed
    return trimmed.isEmpty ? nil : String(decoding: trimmed, as: UTF8.self)
  }

  /// Leaves out what is inside.
  func skip() {
    unsafe ev_html_skip(page)
  }
}

/// Parses pages.
enum HTMLPage {
  /// Parses a page and calls `body` for each step of the walk through it.
  ///
  /// - Returns: Whether that was possible in the memory that a page of this size may take.
  /// - Precondition: `source` is UTF-8 of less than 2^31 bytes.
  static func walk(_ source: [UInt8], _ body: (HTMLStep, HTMLElement) -> Void) -> Bool {
    precondition(source.count < 1 << 31, "HTML of \(source.count) bytes is too large to parse")
    // Measured: articles take 12 bytes of tree a byte, and the densest of pages 71.
    let memory = source.count * 128 + (1 << 20)
    // Safe: the page lives until the end of the closure, in which the source stays where it is, and
    // nothing of the page leaves it: steps hold copies.
    return unsafe source.withUnsafeBytes { bytes in
      let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      guard let start = unsafe start, let page = unsafe ev_html_parse(start, bytes.count, memory)
      else { return source.isEmpty }
      defer { unsafe ev_html_free(page) }
      while let step = next(page, source.count) {
        unsafe body(step, HTMLElement(page: page))
      }
      return true
    }
  }

  /// Safe: `page` is the page that is being walked.
  @safe private static func next(_ page: OpaquePointer, _ limit: Int) -> HTMLStep? {
    let step = unsafe ev_html_next(page)
    let kind: HTMLStep.Kind
    switch unsafe step.kind {
    case ev_html_enter: kind = .enter
    case ev_html_leave: kind = .leave
    case ev_html_text: kind = .text
    default: return nil
    }
    var text: [UInt8] = []
    if let start = unsafe step.text {
      text = unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: step.text_count)).repaired
    }
    let start = unsafe min(step.offset, limit)
    let end = unsafe min(start + step.count, limit)
    let name = unsafe step.name.map { unsafe String(cString: $0) } ?? ""
    return HTMLStep(kind: kind, name: name, text: text, range: start..<end)
  }
}

extension [UInt8] {
  /// The bytes as UTF-8, with U+FFFD for what is none.
  ///
  /// gumbo makes a stray byte of a reference to a character whose number is too large for it, such as
  /// `&#x99999999;`.
  fileprivate var repaired: [UInt8] {
    String(validating: self, as: UTF8.self) == nil
      ? Array(String(decoding: self, as: UTF8.self).utf8) : self
  }

  /// The bytes without white space at their ends.
  var trimmed: ArraySlice<UInt8> {
    let rest = drop { $0.isWhitespace }
    guard let last = rest.lastIndex(where: { !$0.isWhitespace }) else { return [] }
    return rest[...last]
  }
}
