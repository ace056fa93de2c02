// The one place that speaks to libxml2: a text of XML in, its elements and texts out, one by one.

import CXML

/// A vocabulary of XML that we read; which one a name belongs to matters more than its prefix.
enum XMLVocabulary {
  /// Text of Word.
  case word
  /// Alternatives in documents of Office, one of which is to be read.
  case compatibility
  /// Formulas in documents of Office.
  case math
  /// Text of OpenDocument, and its tables, frames and root.
  case openText, openTable, openDrawing, openOffice, openMeta
  /// Dublin Core: titles, authors, dates.
  case dublinCore
  /// The properties of documents of Office.
  case properties
  /// Anything else, and no namespace at all.
  case other

  /// The vocabulary of a namespace.
  init(namespace: String) {
    // Strict and transitional documents of Office differ in the front of their names.
    if namespace.hasSuffix("/wordprocessingml/2006/main")
      || namespace.hasSuffix("/wordprocessingml/main")
    {
      self = .word
    } else if namespace.hasPrefix("http://purl.org/dc/") {
      self = .dublinCore
    } else if namespace.hasSuffix("/markup-compatibility/2006") {
      self = .compatibility
    } else if namespace.hasSuffix("/officeDocument/2006/math")
      || namespace.hasSuffix("/officeDocument/math")
    {
      self = .math
    } else if namespace.hasSuffix("/metadata/core-properties") {
      self = .properties
    } else if namespace.hasPrefix("urn:oasis:names:tc:opendocument:xmlns:") {
      switch namespace.split(separator: ":").dropLast().last {
      case "text": self = .openText
      case "table": self = .openTable
      case "drawing": self = .openDrawing
      case "office": self = .openOffice
      case "meta": self = .openMeta
      default: self = .other
      }
    } else {
      self = .other
    }
  }
}

/// A step through a text of XML.
///
/// Safe: lives only as long as the call that it is given to, in which libxml2's memory stays as it is.
@safe struct XMLStep {
  /// What is entered, left or read.
  enum Kind {
    case enter, leave, text
  }

  let kind: Kind

  /// The element's name without its prefix; empty for text.
  let name: String

  /// The vocabulary that the name is of.
  let vocabulary: XMLVocabulary

  private let event: UnsafePointer<ev_xml_event>

  fileprivate init?(_ event: UnsafePointer<ev_xml_event>, _ vocabulary: XMLVocabulary) {
    switch unsafe event.pointee.kind {
    case ev_xml_enter: kind = .enter
    case ev_xml_leave: kind = .leave
    case ev_xml_text: kind = .text
    default: return nil
    }
    name = unsafe String(cString: event.pointee.name)
    self.vocabulary = vocabulary
    unsafe self.event = event
  }

  /// Whether the step is inside of an element that is left out; counts how deep.
  func isHidden(_ depth: inout Int) -> Bool {
    guard depth > 0 else { return false }
    switch kind {
    case .enter: depth += 1
    case .leave: depth -= 1
    case .text: break
    }
    return true
  }

  /// The text, with references resolved; empty for elements.
  var text: [UInt8] {
    guard let start = unsafe event.pointee.text else { return [] }
    return unsafe [UInt8](
      UnsafeRawBufferPointer(start: start, count: event.pointee.text_count))
  }

  /// The value of the first attribute of a name, whatever its prefix; nil where there is none.
  func attribute(_ name: String) -> String? {
    guard kind == .enter else { return nil }
    let value = unsafe ev_xml_attribute(event, name)
    guard let start = unsafe value.bytes else { return nil }
    return unsafe String(
      decoding: UnsafeRawBufferPointer(start: start, count: value.count), as: UTF8.self)
  }
}

/// Reads XML.
enum XMLReader {
  /// Reads a text and calls `body` for each step through it.
  ///
  /// - Parameters:
  ///   - file: The bytes of the text, in any encoding.
  ///   - body: Takes a step; returns whether it wants more.
  /// - Throws: ``SkipReason/damaged(_:)`` where the text is no XML, or XML that would harm. What was
  ///   given to `body` until then was right.
  static func read(_ file: [UInt8], _ body: (XMLStep) -> Bool) throws(SkipReason) {
    let text = try DecodedText(file: file, isMarkup: true).bytes
    let result = withoutActuallyEscaping(body) { body in
      let walk = XMLWalk(body)
      // Safe: the text and the walk outlive the call, which is given the text's length; nothing of
      // an event leaves the handler.
      return unsafe text.withUnsafeBytes { bytes in
        unsafe ev_xml_parse(
          bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count,
          Unmanaged.passUnretained(walk).toOpaque()
        ) { context, event in
          guard let context = unsafe context, let event = unsafe event else { return false }
          return unsafe Unmanaged<XMLWalk>.fromOpaque(context).takeUnretainedValue().take(event)
        }
      }
    }
    let reason: String
    switch result.status {
    case ev_xml_complete, ev_xml_stopped: return
    case ev_xml_too_deep: reason = "XML nested too deeply"
    case ev_xml_too_many_attributes: reason = "XML with too many attributes"
    case ev_xml_declarations: reason = "XML that declares entities"
    case ev_xml_no_memory: reason = "no memory for it"
    default: reason = "XML that ends or breaks in line \(result.line)"
    }
    throw .damaged(reason)
  }
}

/// What a handler of libxml2 is given to work with.
private final class XMLWalk {
  private let body: (XMLStep) -> Bool

  /// The vocabularies of the namespaces that were met, by where libxml2 keeps their names.
  private var vocabularies: [UInt: XMLVocabulary] = [:]

  init(_ body: @escaping (XMLStep) -> Bool) {
    self.body = body
  }

  /// Safe: the event and what it points to stay as they are during the call.
  @safe func take(_ event: UnsafePointer<ev_xml_event>) -> Bool {
    var vocabulary = XMLVocabulary.other
    if let space = unsafe event.pointee.space {
      let key = UInt(bitPattern: space)
      if let known = vocabularies[key] {
        vocabulary = known
      } else {
        vocabulary = unsafe XMLVocabulary(namespace: String(cString: space))
        vocabularies[key] = vocabulary
      }
    }
    guard let step = unsafe XMLStep(event, vocabulary) else { return true }
    return body(step)
  }
}
