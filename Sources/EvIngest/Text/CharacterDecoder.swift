// The one place that speaks to ICU's converters and its detection of character sets.

import CEncoding

/// Decodes one text.
///
/// Safe: the pointer is made in `init`, given back in `deinit`, and goes nowhere else.
@safe struct CharacterDecoder: ~Copyable {
  /// Bytes of text, and anchors, that one call makes at most.
  private static let step = 1 << 16

  private let decoder: OpaquePointer

  /// A decoder; nil where ICU knows no character set of this name.
  ///
  /// What ICU calls ISO-8859-1 is read as Windows-1252, as browsers do: the two differ in control
  /// characters that no text has.
  init?(_ name: String) {
    let name = name == "ISO-8859-1" ? "windows-1252" : name
    guard let decoder = unsafe ev_decoder_new(name) else { return nil }
    unsafe self.decoder = decoder
  }

  deinit {
    unsafe ev_decoder_free(decoder)
  }

  /// What is meant by a name, so that two names for one character set compare as equal.
  var canonicalName: String {
    var name = [CChar](repeating: 0, count: 64)
    unsafe ev_decoder_name(decoder, &name, name.count)
    return String(
      decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// How many of the characters of some bytes mean nothing.
  consuming func countsReplacements(in bytes: [UInt8]) -> (text: [UInt8], count: Int) {
    var count = 0
    let text = decode(bytes, from: 0, replacements: &count) { _, _ in }
    return (text, count)
  }

  /// Decodes a file from `start` on.
  ///
  /// - Parameters:
  ///   - file: All bytes of the file.
  ///   - start: Where its text starts.
  ///   - body: Takes the text so far and a new anchor, whose place in the text is not behind its end.
  /// - Returns: The text in UTF-8.
  consuming func decode(
    _ file: [UInt8], from start: Int, _ body: ([UInt8], DecodedText.Anchor) -> Void
  ) -> [UInt8] {
    var count = 0
    return decode(file, from: start, replacements: &count, body)
  }

  private func decode(
    _ file: [UInt8], from start: Int, replacements: inout Int,
    _ body: ([UInt8], DecodedText.Anchor) -> Void
  ) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(file.count - start)
    // A word of a header needs no room for a book.
    let step = min(Self.step, max(64, 2 * (file.count - start)))
    var anchors = [ev_anchor](repeating: ev_anchor(), count: step)
    var offset = start
    while true {
      var decoded = ev_decoded()
      let textStart = text.count
      text.append(addingCapacity: step) { (output: inout OutputSpan<UInt8>) in
        // Safe: each call is given what is left of the file, and the free capacity of the text and
        // of the anchors, and says how much it used of each.
        unsafe output.withUnsafeMutableBufferPointer { buffer, used in
          let free = unsafe UnsafeMutableBufferPointer(rebasing: buffer[used...])
          unsafe file.withUnsafeBufferPointer { bytes in
            decoded = unsafe ev_decode(
              decoder, bytes.baseAddress?.advanced(by: offset), file.count - offset,
              free.baseAddress, min(free.count, step), &anchors, anchors.count)
          }
          used += decoded.written
        }
      }
      for index in 0..<decoded.anchors {
        let anchor = anchors[index]
        body(
          text,
          DecodedText.Anchor(
            textOffset: textStart + anchor.text, fileOffset: offset + anchor.file))
      }
      offset += decoded.read
      replacements += decoded.replacements
      if decoded.is_finished { return text }
    }
  }

  /// ICU's guesses at the character set of a text, the best first, and how sure each is, from 0 to
  /// 100.
  static func guesses(
    _ bytes: [UInt8], isMarkup: Bool
  ) -> [(name: String, confidence: Int)] {
    var found = [ev_charset](repeating: ev_charset(), count: 8)
    // Safe: both arrays outlive the call, which is given their lengths. ICU looks at far less than
    // 2^31 bytes.
    let count = unsafe ev_charset_detect(
      bytes, Int32(min(bytes.count, 1 << 20)), isMarkup, &found, Int32(found.count))
    return found.prefix(Int(count)).map { charset in
      let name = unsafe withUnsafeBytes(of: charset.name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      return (name, Int(charset.confidence))
    }
  }
}
