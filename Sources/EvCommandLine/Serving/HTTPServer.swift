// Connections, a few at a time, none of which can keep the others waiting.

import EvTerminal
import Glibc

/// Serves connections in one thread.
///
/// A request is answered at once and alone; what is slow is only ever the other side, and nobody waits
/// for that.
struct HTTPServer: ~Copyable {
  /// The most connections at a time; others wait until one ends.
  static let maximumConnections = 64

  /// How long a connection may take to ask, and to take what was answered.
  static let patience = Duration.seconds(20)

  private let socket: ListeningSocket
  private let answer: (HTTPRequest) -> HTTPResponse
  private var connections: [Connection] = []

  /// Where it listens.
  var port: Int { socket.port }

  /// Serves with a function.
  init(_ socket: consuming ListeningSocket, answer: @escaping (HTTPRequest) -> HTTPResponse) {
    self.socket = socket
    self.answer = answer
  }

  deinit {
    for connection in connections { close(connection.descriptor) }
  }

  /// Waits until something can be done, and does it.
  ///
  /// - Parameter milliseconds: How long to wait at most.
  mutating func step(milliseconds: Int32) {
    let hasRoom = connections.count < Self.maximumConnections
    var waiting = connections.map {
      pollfd(fd: $0.descriptor, events: Int16($0.output == nil ? POLLIN : POLLOUT), revents: 0)
    }
    waiting.append(pollfd(fd: hasRoom ? socket.descriptor : -1, events: Int16(POLLIN), revents: 0))
    // Safe: the count is that of the array.
    unsafe _ = poll(&waiting, nfds_t(waiting.count), milliseconds)
    let now = ContinuousClock().now
    for index in connections.indices {
      if waiting[index].revents != 0 { connections[index].proceed(answer) }
      if connections[index].deadline < now { connections[index].isDone = true }
    }
    for connection in connections where connection.isDone { close(connection.descriptor) }
    connections.removeAll(where: \.isDone)
    if waiting[waiting.count - 1].revents != 0, let descriptor = socket.accept() {
      connections.append(Connection(descriptor: descriptor))
    }
  }
}

/// A connection, and how far it has come.
private struct Connection {
  let descriptor: Int32
  let deadline = ContinuousClock().now + HTTPServer.patience
  var input: [UInt8] = []
  /// What is still to be sent; nil until it was asked for.
  var output: ArraySlice<UInt8>?
  var isDone = false

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Takes what came, or sends what there is room for.
  mutating func proceed(_ answer: (HTTPRequest) -> HTTPResponse) {
    if let rest = output {
      // Safe: the pointer and the count are those of what is left.
      let count = unsafe rest.withUnsafeBytes { bytes in
        unsafe send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
      }
      guard count >= 0 else {
        isDone = errno != EAGAIN && errno != EINTR
        return
      }
      output = rest.dropFirst(count)
      isDone = count == rest.count
      return
    }
    var buffer = [UInt8](repeating: 0, count: 1 << 12)
    guard let count = SystemCalls.read(descriptor, into: &buffer) else {
      isDone = errno != EAGAIN
      return
    }
    isDone = count == 0
    input += buffer[..<count]
    let refusal: CommandError
    if let end = HTTPRequest.end(in: input), end <= HTTPRequest.maximumBytes {
      if let request = HTTPRequest(head: Array(input[..<end])) {
        output = answer(request).bytes(withBody: request.method != "HEAD")[...]
        return
      }
      refusal = CommandError(code: "request", message: "This is no request of HTTP/1.1.")
    } else if input.count > HTTPRequest.maximumBytes {
      refusal = CommandError(
        code: "too_large", message: "A request has at most \(HTTPRequest.maximumBytes) bytes.")
    } else {
      return
    }
    output = HTTPResponse.error(refusal).bytes(withBody: true)[...]
  }
}
