import EvBytes
import EvTestSupport
import Glibc
import Testing

@Suite struct VarintTests {
  @Test(arguments: [0, 1, 127, 128, 16_383, 16_384, UInt64(UInt32.max), .max - 1, .max])
  func `a number is read as it was written`(value: UInt64) throws {
    var writer = ByteWriter()
    writer.writeVarint(value)
    let bytes = writer.bytes
    var reader = ByteReader(bytes.rawSpan)
    let found = try reader.readVarint()
    #expect(found == value)
    let isAtEnd = reader.isAtEnd
    #expect(isAtEnd)
  }

  @Test func `a number that is cut short or too long is reported, and the reader stays`() {
    for (bytes, error) in [
      ([0x80], FormatError.truncated(offset: 1)),
      ([], .truncated(offset: 0)),
      ([UInt8](repeating: 0xFF, count: 11), .varintOverflow(offset: 0)),
      ([UInt8](repeating: 0xFF, count: 9) + [2], .varintOverflow(offset: 0)),
    ] {
      #expect(throws: error) {
        var reader = ByteReader(bytes.rawSpan)
        _ = try reader.readVarint()
      }
    }
    let large: [UInt8] = [0x80, 0x80, 0x80, 0x80, 0x10]
    var reader = ByteReader(large.rawSpan)
    #expect(throws: FormatError.varintOverflow(offset: 0)) { _ = try reader.readVarint32() }
    let offset = reader.offset
    #expect(offset == 0)
  }

  @Test(arguments: 0..<20)
  func `mixed values are read in the order in which they were written`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let numbers = (0..<200).map { _ in random.next() >> UInt64.random(in: 0..<64, using: &random) }
    var writer = ByteWriter()
    for number in numbers {
      writer.writeVarint(number)
      writer.write(UInt32(truncatingIfNeeded: number))
      writer.writeString("\(number) – 锁单率")
    }
    let bytes = writer.bytes
    var reader = ByteReader(bytes.rawSpan)
    for number in numbers {
      let (varint, fixed) = (try reader.readVarint(), try reader.read(UInt32.self))
      let text = try reader.readString("text")
      #expect(varint == number)
      #expect(fixed == UInt32(truncatingIfNeeded: number))
      #expect(text == "\(number) – 锁单率")
    }
    let isAtEnd = reader.isAtEnd
    #expect(isAtEnd)
  }
}

@Suite struct FileTests {
  @Test func `a written file is mapped with the same bytes and checksum`() throws {
    let folder = try TemporaryDirectory()
    var random = SplitMix64(seed: 1)
    let pieces = [1, 100, 300_000, 0, 7].map { count in
      (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
    let writer = try FileWriter(path: folder.path("data"))
    for piece in pieces { try writer.write(piece) }
    try writer.pad(to: 64)
    let checksum = try writer.checksumSoFar()
    try writer.finish()

    let file = try MappedFile(path: folder.path("data"))
    let whole = Array(pieces.joined())
    #expect(file.byteCount % 64 == 0)
    #expect(file.bytes.copied().starts(with: whole))
    #expect(Checksum.of(file.bytes) == checksum)
  }

  @Test func `a file that is not finished is removed`() throws {
    let folder = try TemporaryDirectory()
    do {
      let writer = try FileWriter(path: folder.path("data"))
      try writer.write([1, 2, 3])
    }
    #expect(!FileSystem.exists(folder.path("data")))
  }

  @Test func `a file that is there is refused, and kept`() throws {
    let folder = try TemporaryDirectory()
    let path = try folder.write("data", "kept")
    #expect(throws: SystemError.self) { try FileWriter(path: path) }
    let file = try MappedFile(path: path)
    #expect(file.bytes.copied() == Array("kept".utf8))
  }

  @Test func `replacing a file leaves no other file behind`() throws {
    let folder = try TemporaryDirectory()
    try FileSystem.replace(folder.path("manifest"), with: [1])
    try FileSystem.replace(folder.path("manifest"), with: [2, 3])
    let file = try MappedFile(path: folder.path("manifest"))
    #expect(file.bytes.copied() == [2, 3])
    #expect(try FileSystem.list(folder.path) == ["manifest"])
  }

  @Test func `a missing file and a folder are errors that name them`() throws {
    let folder = try TemporaryDirectory()
    #expect(throws: SystemError.self) { try MappedFile(path: folder.path("none")) }
    #expect(throws: SystemError.self) { try MappedFile(path: folder.path) }
    let error = #expect(throws: SystemError.self) { try MappedFile(path: folder.path("none")) }
    #expect(error?.description == "cannot open \(folder.path)/none: No such file or directory")
  }

  @Test func `an empty file is a mapping of no bytes`() throws {
    let folder = try TemporaryDirectory()
    let path = try folder.write("empty", "")
    let file = try MappedFile(path: path)
    #expect(file.bytes.copied().isEmpty)
  }

  @Test func `a lock is refused while it is held, and names the holder`() throws {
    let folder = try TemporaryDirectory()
    let first = try FileLock(path: folder.path("lock"))
    let error = #expect(throws: FileLock.Failure.self) { try FileLock(path: folder.path("lock")) }
    #expect(error != .held(by: nil))
    withExtendedLifetime(first) {}
  }

  // It closed its descriptor twice, and the second time it was that of a file of another thread.
  @Test func `a lock that is refused closes no file of others`() async throws {
    let folder = try TemporaryDirectory()
    let first = try FileLock(path: folder.path("lock"))
    let lost = await withTaskGroup(of: Int.self) { group in
      group.addTask {
        // Refused, all of them.
        for _ in 0..<10_000 { _ = try? FileLock(path: folder.path("lock")) }
        return 0
      }
      group.addTask {
        (0..<100_000).count { _ in
          let descriptor = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
          let isOpen = fcntl(descriptor, F_GETFD) >= 0
          return close(descriptor) != 0 || !isOpen
        }
      }
      return await group.reduce(0, +)
    }
    #expect(lost == 0)
    withExtendedLifetime(first) {}
  }

  @Test func `a lock is free again when its holder goes away`() throws {
    let folder = try TemporaryDirectory()
    do { _ = try FileLock(path: folder.path("lock")) }
    _ = try FileLock(path: folder.path("lock"))
  }

  // Between fork and exec a process that another thread starts has a copy of all descriptors.
  @Test func `a lock is free again though a process that is starting has its file open`() throws {
    let folder = try TemporaryDirectory()
    let path = folder.path("lock")
    var copy: Int32 = -1
    do {
      let lock = try FileLock(path: path)
      var (file, other) = (stat(), stat())
      let isKnown = unsafe stat(path, &file) == 0
      #expect(isKnown)
      let own = (0..<Int32(1024)).first { descriptor in
        unsafe fstat(descriptor, &other) == 0 && other.st_ino == file.st_ino
          && other.st_dev == file.st_dev
      }
      copy = dup(try #require(own))
      withExtendedLifetime(lock) {}
    }
    #expect(copy >= 0)
    _ = try FileLock(path: path)
    close(copy)
  }

  @Test func `folders are made and removed with everything in them`() throws {
    let folder = try TemporaryDirectory()
    try FileSystem.makeFolder(folder.path("a/b/c"))
    try folder.write("a/b/file", "x")
    try FileSystem.remove(folder.path("a"))
    try FileSystem.remove(folder.path("a"))
    #expect(!FileSystem.exists(folder.path("a")))
  }
}
