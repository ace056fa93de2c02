internal import CZstd
package import EvBytes

/// Compresses chunks of stored records; one user at a time.
@safe
package final class Compressor {
  private let context: OpaquePointer?

  /// The level: 3 is zstd's own default, a good trade of size for time.
  static let level: Int32 = 3

  /// Creates a compressor.
  package init() {
    // Safe: the context is made and freed by zstd, and used by this object only.
    unsafe context = ZSTD_createCCtx()
    _ = unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, Self.level)
    // A frame carries a checksum of its contents, so that damage is found at every read.
    _ = unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
  }

  deinit {
    _ = unsafe ZSTD_freeCCtx(context)
  }

  /// One frame with all of `bytes`.
  package func compress(_ bytes: [UInt8]) throws(IndexError) -> [UInt8] {
    let bound = ZSTD_compressBound(bytes.count)
    var failure: String?
    // Safe: zstd writes at most `bound` bytes and reads `bytes.count`.
    let frame = unsafe [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
      let written = unsafe ZSTD_compress2(context, buffer.baseAddress, bound, bytes, bytes.count)
      if ZSTD_isError(written) != 0 {
        failure = unsafe String(cString: ZSTD_getErrorName(written))
      } else {
        count = written
      }
    }
    if let failure { throw .limit(reason: "Text cannot be compressed: \(failure).") }
    return frame
  }
}

/// Reads what ``Compressor`` wrote.
package enum Decompressor {
  /// The contents of the frame `bytes`.
  ///
  /// - Parameter count: How many bytes the frame must hold.
  package static func decompress(_ bytes: RawSpan, count: Int) throws(FormatError) -> [UInt8] {
    var written = 0
    // Safe: zstd reads the span and writes at most `count` bytes.
    let contents = unsafe bytes.withUnsafeBytes { source in
      unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        written = unsafe ZSTD_decompress(
          buffer.baseAddress, count, source.baseAddress, source.count)
        initialized = ZSTD_isError(written) != 0 ? 0 : written
      }
    }
    guard contents.count == count else {
      throw .invalidValue(field: "compressed size", value: UInt64(bytes.byteCount), offset: 0)
    }
    return contents
  }

  /// The version of zstd in use: `1.5.4`, for example.
  static var version: String {
    // Safe: a constant string of the library.
    unsafe String(cString: ZSTD_versionString())
  }
}
