// Codes of skip reasons are kept in indexes, so they may not change.

import EvIngest
import Testing

@Suite struct SkipReasonTests {
  static let codes: [(SkipReason, String, String)] = [
    (.symbolicLink, "symbolic-link", "symbolic link"), (.fifo, "fifo", "FIFO"),
    (.socket, "socket", "socket"), (.device, "device", "device"), (.binary, "binary", "binary"),
    (.empty, "empty", "empty"), (.tooLarge, "too-large", "too large"),
    (.tooLargeForMemory, "too-large-for-memory", "too large for --memory; give it more"),
    (.unreadable(13), "unreadable:13", "unreadable: Permission denied"),
    (.notUTF8Name, "name-not-utf8", "name is not UTF-8"), (.notUTF8, "not-utf8", "not UTF-8"),
    (.notSupportedYet("html"), "not-supported:html", "not supported yet: html"),
    (.malformedRecord("a: b"), "malformed-record:a: b", "malformed record: a: b"),
    (.duplicate, "duplicate", "duplicate"),
    (.damagedArchive("encrypted"), "archive:encrypted", "archive: encrypted"),
    (.damaged("XML: x"), "damaged:XML: x", "damaged: XML: x"),
    (.decompressionLimit, "decompression-limit", "unpacks to more than is allowed"),
  ]

  @Test(arguments: codes)
  func `a code leads back to its reason`(reason: SkipReason, code: String, description: String) {
    #expect(reason.code == code)
    #expect(SkipReason(code: code) == reason)
    #expect(reason.description == description)
  }

  @Test(arguments: ["", "fifo:x", "unreadable", "unreadable:x", "nonsense", "empty:"])
  func `what is no code is refused`(_ code: String) {
    #expect(SkipReason(code: code) == nil)
  }

  @Test func `a summary counts in words`() {
    #expect(SkipReason.symbolicLink.summary(count: 2) == "2 symbolic links")
    #expect(SkipReason.fifo.summary(count: 1) == "1 FIFO")
    #expect(SkipReason.binary.summary(count: 1) == "1 binary")
    #expect(SkipReason.unreadable(13).summary(count: 3) == "3 unreadable")
  }
}
