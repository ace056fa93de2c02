// What the server answers.

/// An answer, whose connection ends with it.
struct HTTPResponse: Equatable {
  /// How it went.
  enum Status: Int {
    case ok = 200
    case badRequest = 400
    case forbidden = 403
    case notFound = 404
    case wrongMethod = 405
    case headTooLarge = 431
    case failure = 500

    /// The words of RFC 9110.
    var reason: String {
      switch self {
      case .ok: "OK"
      case .badRequest: "Bad Request"
      case .forbidden: "Forbidden"
      case .notFound: "Not Found"
      case .wrongMethod: "Method Not Allowed"
      case .headTooLarge: "Request Header Fields Too Large"
      case .failure: "Internal Server Error"
      }
    }
  }

  /// What the body is.
  enum Kind: String {
    case json = "application/json"
    case html = "text/html; charset=utf-8"
    case text = "text/plain; charset=utf-8"
  }

  let status: Status
  let kind: Kind
  let body: String

  /// A JSON document, with a line feed behind it.
  static func json(_ value: JSONValue, _ status: Status = .ok) -> HTTPResponse {
    HTTPResponse(status: status, kind: .json, body: value.text + "\n")
  }

  /// An error, in the form that `--format json` gives it.
  static func error(_ error: CommandError) -> HTTPResponse {
    let status: Status =
      switch error.code {
      case "usage", "empty_query", "query", "request": .badRequest
      case "forbidden": .forbidden
      case "no_document", "no_page": .notFound
      case "method": .wrongMethod
      case "too_large": .headTooLarge
      default: .failure
      }
    return .json(SearchJSON.error(error), status)
  }

  /// The bytes to send; of an answer to HEAD all but the body.
  func bytes(withBody: Bool) -> [UInt8] {
    let body = Array(body.utf8)
    var head = """
      HTTP/1.1 \(status.rawValue) \(status.reason)\r
      Content-Type: \(kind.rawValue)\r
      Content-Length: \(body.count)\r
      Connection: close\r
      Cache-Control: no-store\r
      X-Content-Type-Options: nosniff\r
      Referrer-Policy: no-referrer\r
      Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; form-action 'self'\r

      """
    if status == .wrongMethod { head += "Allow: GET, HEAD\r\n" }
    return Array((head + "\r\n").utf8) + (withBody ? body : [])
  }
}
