// The system's side of the server: one socket that waits, and one for each connection.

import EvTerminal
import Glibc

/// A socket that takes connections; nothing on it ever waits.
struct ListeningSocket: ~Copyable {
  let descriptor: Int32

  /// Where it listens, which the system chooses where 0 was asked for.
  let port: Int

  /// Listens at the first address of a host.
  ///
  /// - Throws: Why that is not possible, such as a port that another program has.
  init(host: String, port: Int) throws(CommandError) {
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    unsafe hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
    var found: UnsafeMutablePointer<addrinfo>?
    // Safe: the strings and the hints outlive the call, which makes a list that is freed below.
    let code = unsafe getaddrinfo(host, String(port), &hints, &found)
    guard code == 0, let address = unsafe found?.pointee else {
      throw CommandError(
        code: "host", message: "There is no address \(host).",
        hint: "Leave out --host, or name one.")
    }
    defer { unsafe freeaddrinfo(found) }
    let opened = unsafe socket(address.ai_family, Int32(SOCK_STREAM.rawValue), 0)
    var yes: Int32 = 1
    // Safe: the option is one number of the size that is given, and the address has its own length.
    unsafe _ = setsockopt(
      opened, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    guard opened >= 0, unsafe bind(opened, address.ai_addr, address.ai_addrlen) == 0,
      listen(opened, 64) == 0
    else {
      let reason = SystemCalls.message(errno)
      if opened >= 0 { close(opened) }
      throw CommandError(
        code: "port", message: "Port \(port) of \(host) cannot be listened at: \(reason).",
        hint: "Choose another one with --port, or 0 for any.")
    }
    Self.prepare(opened)
    descriptor = opened
    self.port = Self.port(of: opened) ?? port
  }

  deinit { close(descriptor) }

  /// The next connection; nil where none waits.
  func accept() -> Int32? {
    let connection = Glibc.accept(descriptor, nil, nil)
    guard connection >= 0 else { return nil }
    Self.prepare(connection)
    return connection
  }

  /// Makes a socket one that never waits, and that no child process inherits.
  private static func prepare(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  private static func port(of descriptor: Int32) -> Int? {
    var address = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    // Safe: the storage has room for an address of any kind, and the call is told so. Both kinds of
    // the Internet's have the port behind the number of the kind.
    return unsafe withUnsafeMutableBytes(of: &address) { bytes in
      let pointer = unsafe bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self)
      guard unsafe getsockname(descriptor, pointer, &length) == 0 else { return nil }
      return unsafe Int(bytes[2]) << 8 | Int(bytes[3])
    }
  }
}
