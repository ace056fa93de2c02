// The frame of an index's file around sections that may be anything, and a file that is written again and
// again.

import EvBytes
import EvIndex
import Glibc

/// Puts sections into the frame that all files of an index have.
///
/// The checksums are right, so that whoever reads the file comes to what the sections say.
struct FileFrame {
  /// The file.
  let bytes: [UInt8]
  /// The checksum in its footer.
  let checksum: UInt64

  init(_ kind: SegmentFile.Kind, _ id: SegmentID, _ sections: [[UInt8]]) {
    let magic = Array("EVSEARCH".utf8)
    let letters = Array(kind.rawValue.utf8.prefix(4))
    var file = ByteWriter()
    func pad(to alignment: Int) {
      file.write(contentsOf: [UInt8](repeating: 0, count: -file.count & (alignment - 1)))
    }
    file.write(contentsOf: magic)
    file.write(contentsOf: letters)
    file.write(SegmentFile.version)
    file.write(contentsOf: [UInt8](repeating: 0, count: 48))
    var footer = ByteWriter()
    for section in sections {
      pad(to: 64)
      footer.write(UInt64(file.count))
      footer.write(UInt64(section.count))
      file.write(contentsOf: section)
    }
    pad(to: 8)
    footer.write(id.rawValue)
    footer.write(UInt32(sections.count))
    footer.write(contentsOf: letters)
    file.write(contentsOf: footer.bytes)
    checksum = Checksum.of(file.bytes.rawSpan)
    file.write(checksum)
    file.write(contentsOf: magic)
    bytes = file.bytes
  }
}

/// A file whose bytes are replaced in place, which costs less than a new file.
///
/// Nobody may have it mapped while it is written: it may become shorter.
final class OverwrittenFile {
  private let descriptor: Int32
  private let path: String

  init(path: String) throws(SystemError) {
    let opened = unsafe open(path, O_RDWR | O_CLOEXEC)
    guard opened >= 0 else { throw SystemError("open", path) }
    descriptor = opened
    self.path = path
  }

  deinit { close(descriptor) }

  func replace(with bytes: [UInt8]) throws(SystemError) {
    // Safe: as many bytes are read as there are.
    guard unsafe pwrite(descriptor, bytes, bytes.count, 0) == bytes.count,
      ftruncate(descriptor, bytes.count) == 0
    else { throw SystemError("write", path) }
  }
}
