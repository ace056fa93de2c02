// Text on its way to a file descriptor.

import Glibc

/// Writes text to a file descriptor, and remembers if that went wrong.
///
/// A reader that has gone away is no error: what is left is dropped, quietly. The program ignores
/// SIGPIPE for this (``Console/standard()``).
public final class TextOutput {
  /// Whether a person is looking.
  public let isTerminal: Bool

  /// Whether the reader has gone away; there is no use in writing more.
  public private(set) var isClosed = false

  /// The `errno` of the first write that failed for another reason; 0 if none did.
  public private(set) var failure: Int32 = 0

  package let descriptor: Int32
  private var buffer: [UInt8] = []
  private var isHeldBack = false
  private var closesDescriptor = false
  private static let bufferLimit = 1 << 16

  /// Creates an output on a descriptor, which stays the caller's.
  ///
  /// - Parameters:
  ///   - descriptor: Where the text goes.
  ///   - isTerminal: Whether a person is looking; asked of the descriptor unless given.
  public init(descriptor: Int32, isTerminal: Bool? = nil) {
    self.descriptor = descriptor
    self.isTerminal = isTerminal ?? (isatty(descriptor) == 1)
  }

  /// Creates an output on the descriptor of a file, which it closes when it goes away.
  package init(closing descriptor: Int32) {
    self.descriptor = descriptor
    isTerminal = false
    closesDescriptor = true
  }

  deinit {
    flush()
    if closesDescriptor { close(descriptor) }
  }

  /// Adds text, exactly as it is.
  ///
  /// What comes from a document goes through ``StyledText`` first.
  public func write(_ text: String) {
    guard !isClosed, failure == 0 else { return }
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.bufferLimit { flush() }
  }

  /// Adds a line.
  public func write(_ text: StyledText, _ palette: Palette) {
    write(text.rendered(palette) + "\n")
  }

  /// What `body` writes, which is kept back instead of handed to the system.
  public func capture(_ body: () -> Void) -> String {
    flush()
    isHeldBack = true
    body()
    isHeldBack = false
    defer { buffer.removeAll() }
    return String(decoding: buffer, as: UTF8.self)
  }

  /// Hands everything to the system.
  public func flush() {
    guard !isHeldBack else { return }
    var start = 0
    while start < buffer.count, !isClosed, failure == 0 {
      // Safe: the pointer and the count are those of what is left of the buffer.
      let count = unsafe buffer[start...].withUnsafeBytes { bytes in
        unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
      }
      if count >= 0 { start += count } else { note(errno) }
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private func note(_ code: Int32) {
    switch code {
    case EINTR: break
    case EAGAIN:
      // The descriptor was made non-blocking by whoever shares it with us: wait until it has room.
      var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      // Safe: one structure, and the count says one.
      _ = unsafe poll(&waiting, 1, -1)
    case EPIPE: isClosed = true
    default: failure = code
    }
  }
}
