// The one place that speaks to libarchive: a packed file in, its members out, one after another.

import CArchive

/// Reads a packed file.
///
/// Safe: the pointer is made in `init`, given back in `deinit`, and goes nowhere else; the file whose
/// descriptor it uses is held for as long.
@safe final class ArchiveReader {
  /// Bytes that may come out whatever went in.
  private static let freeByteCount = 16 << 20

  private let archive: OpaquePointer
  private let file: OpenedFile?
  private let options: IngestOptions

  /// Whether members lie in one compressed stream, so that to leave one out is to unpack it.
  private let isStream: Bool
  /// The archive's own length, in bytes.
  private let byteCount: Int
  private var unpackedCount = 0
  private var isInMember = false

  /// Whether the place that was looked at last is damaged.
  private var isBroken = false

  /// Starts at the front of a file.
  ///
  /// - Parameters:
  ///   - file: An open file at its start.
  ///   - isSingle: Whether it is one compressed file and not an archive of files.
  ///   - isStream: Whether it is a tape archive.
  ///   - options: The limits.
  /// - Throws: ``SkipReason/damagedArchive(_:)``.
  init(
    _ file: consuming OpenedFile, isSingle: Bool, isStream: Bool, options: IngestOptions
  ) throws(SkipReason) {
    guard let archive = unsafe ev_archive_open(file.descriptor, isSingle) else {
      throw .damagedArchive("not an archive")
    }
    unsafe self.archive = archive
    byteCount = file.byteCount
    self.file = consume file
    self.options = options
    self.isStream = isStream
  }

  /// Starts at the front of an archive of files that is itself a member of an archive.
  ///
  /// - Throws: ``SkipReason/damagedArchive(_:)``.
  init(_ bytes: [UInt8], options: IngestOptions) throws(SkipReason) {
    // Safe: the call is given the array's own length, and copies it.
    let archive = unsafe bytes.withUnsafeBufferPointer {
      unsafe ev_archive_open_bytes($0.baseAddress, $0.count, false)
    }
    guard let archive = unsafe archive else { throw .damagedArchive("not an archive") }
    unsafe self.archive = archive
    file = nil
    byteCount = bytes.count
    self.options = options
    isStream = false
  }

  deinit {
    unsafe ev_archive_free(archive)
  }

  /// A member of the archive.
  struct Member {
    /// Its name, `/` between the components; nil where that is not UTF-8.
    let name: String?

    /// Why it cannot be read; nil where it can.
    let reason: SkipReason?
  }

  /// Goes to the next file in the archive; nil at its end.
  ///
  /// - Throws: ``SkipReason/damagedArchive(_:)``, behind which there is no more to read, and
  ///   ``SkipReason/decompressionLimit``.
  func next() throws(SkipReason) -> Member? {
    if isStream, isInMember { try drain() }
    isInMember = true
    while true {
      switch unsafe ev_archive_next(archive) {
      case ev_archive_member:
        isBroken = false
        return Member(name: name, reason: nil)
      case ev_archive_encrypted: return Member(name: name, reason: .damagedArchive("encrypted"))
      case ev_archive_end: return nil
      case ev_archive_other: continue
      case ev_archive_broken:
        // One place of damage is found again at each step through it.
        guard !isBroken else { continue }
        isBroken = true
        return Member(name: nil, reason: .damagedArchive("damaged"))
      default: throw .damagedArchive("damaged")
      }
    }
  }

  private var name: String? {
    guard let name = unsafe ev_archive_name(archive) else { return nil }
    guard let whole = unsafe String(validatingCString: name) else { return nil }
    // What `tar -c .` puts in front of each name says nothing.
    return whole.utf8.starts(with: "./".utf8) ? String(whole.dropFirst(2)) : whole
  }

  /// Unpacks the rest of a member, so that its bytes count too.
  private func drain() throws(SkipReason) {
    var bytes: [UInt8] = []
    while true {
      bytes.removeAll(keepingCapacity: true)
      do throws(SkipReason) {
        guard try read(into: &bytes, limit: 1 << 16) > 0 else { return }
      } catch {
        // Damage inside a member was said where it was read; whether there are more members is
        // found out next.
        guard case .damagedArchive = error else { throw error }
        return
      }
    }
  }

  /// Reads on in the member, at most `limit` bytes.
  ///
  /// - Throws: ``SkipReason/damagedArchive(_:)``, and ``SkipReason/decompressionLimit`` where much
  ///   more comes out than honest files have in them.
  func read(into bytes: inout [UInt8], limit: Int) throws(SkipReason) -> Int {
    var count = -1
    bytes.append(addingCapacity: limit) { (output: inout OutputSpan<UInt8>) in
      // Safe: the call is given the free capacity as its limit and says how much it filled.
      unsafe output.withUnsafeMutableBufferPointer { buffer, used in
        let free = unsafe UnsafeMutableBufferPointer(rebasing: buffer[used...])
        count = unsafe ev_archive_read(archive, free.baseAddress, min(free.count, limit))
        used += max(count, 0)
      }
    }
    guard count >= 0 else { throw .damagedArchive("damaged") }
    unpackedCount += count
    guard unpackedCount > Self.freeByteCount else { return count }
    // Members may share their bytes, which are then read, and counted, again and again.
    let packedCount = unsafe min(byteCount, Int(ev_archive_packed_count(archive)))
    guard unpackedCount <= options.maximumUnpackedBytes,
      unpackedCount / options.maximumUnpackRatio <= packedCount
    else { throw .decompressionLimit }
    return count
  }
}

/// The bytes of the member that an archive is at.
struct ArchiveMemberStream: ByteStream {
  private let archive: ArchiveReader

  /// The member that `archive` is at; good until it goes to the next.
  init(_ archive: ArchiveReader) {
    self.archive = archive
  }

  func read(into bytes: inout [UInt8], limit: Int) throws(SkipReason) -> Int {
    try archive.read(into: &bytes, limit: limit)
  }
}
