internal import CXXHash

/// XXH3 with 64 bits and seed 0: the checksum of every file, and the hash of contents.
///
/// It finds damage, not malice. The state of a hash under way is 576 bytes of xxHash's own.
@safe
public final class Checksum {
  private let state: OpaquePointer?

  /// Starts a hash of no bytes.
  public init() {
    // Safe: the state is made and freed by xxHash, and used by this object only.
    unsafe state = XXH3_createState()
    _ = unsafe XXH3_64bits_reset(state)
  }

  deinit {
    _ = unsafe XXH3_freeState(state)
  }

  /// Adds bytes.
  public func update(_ bytes: RawSpan) {
    // Safe: xxHash reads `count` bytes at the pointer, inside the closure.
    unsafe bytes.withUnsafeBytes { buffer in
      _ = unsafe XXH3_64bits_update(state, buffer.baseAddress, buffer.count)
    }
  }

  /// The hash of the bytes so far.
  public var value: UInt64 { unsafe UInt64(XXH3_64bits_digest(state)) }

  /// The hash of `bytes`.
  public static func of(_ bytes: RawSpan) -> UInt64 {
    // Safe: xxHash reads `count` bytes at the pointer, inside the closure.
    unsafe bytes.withUnsafeBytes { unsafe ev_xxh3_64($0.baseAddress, $0.count) }
  }
}
