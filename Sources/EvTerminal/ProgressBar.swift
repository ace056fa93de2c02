// A line that shows how far a long piece of work is, and clears itself.

/// Shows the progress of work over documents and bytes on a terminal.
///
/// It draws nothing in the first moments, so that quick work shows no flicker, and nothing at all
/// where nobody is looking: then the caller's one line at the end has to do.
public struct ProgressBar {
  /// How far the work is.
  public struct State: Sendable, Equatable {
    /// Documents that are done; nobody knows how many there will be, as a file can hold many.
    public var documents: Int
    /// Bytes that are done.
    public var bytes: Int

    /// Creates a state.
    public init(documents: Int, bytes: Int) {
      self.documents = documents
      self.bytes = bytes
    }
  }

  private let title: String
  private let totalBytes: Int
  private let output: TextOutput
  private let isShown: Bool
  private let columns: Int
  private var lastDraw: Duration?

  /// Creates a bar that is not drawn yet.
  ///
  /// - Parameters:
  ///   - title: What is being done: `Indexing`.
  ///   - totalBytes: How many bytes there are to do.
  ///   - console: Whose error stream is drawn on.
  public init(_ title: String, totalBytes: Int, on console: Console) {
    self.title = title
    self.totalBytes = totalBytes
    output = console.errors
    columns = console.columns
    isShown =
      console.errors.isTerminal && console.environment["CI"] == nil
      && console.environment["TERM"] != "dumb"
  }

  /// Draws the bar, at most ten times a second.
  ///
  /// - Parameters:
  ///   - state: How far the work is.
  ///   - elapsed: The time since the work began.
  public mutating func update(_ state: State, after elapsed: Duration) {
    guard isShown, elapsed >= .milliseconds(200) else { return }
    if let lastDraw, elapsed - lastDraw < .milliseconds(100) { return }
    lastDraw = elapsed
    draw(line(state, after: elapsed))
  }

  /// Shows a text in place of the bar, where there is a bar.
  public func announce(_ text: String) {
    if lastDraw != nil { draw(String(text.prefix(columns - 1))) }
  }

  /// Removes the bar from the screen.
  public mutating func clear() {
    guard lastDraw != nil else { return }
    lastDraw = nil
    draw("")
  }

  private func draw(_ text: String) {
    output.write("\r\(text)\u{1B}[K")
    output.flush()
  }

  /// The text of the bar; shorter than the window, so that it never wraps.
  func line(_ state: State, after elapsed: Duration) -> String {
    let seconds = Quantities.seconds(elapsed)
    let fraction = totalBytes > 0 ? min(1, Double(state.bytes) / Double(totalBytes)) : 0
    let rate = seconds > 0 ? Double(state.bytes) / seconds : 0
    var parts = [
      "\(title) \(Int(fraction * 100)) %\(Self.bar(fraction, cells: 20))",
      Quantities.count(state.documents, "document"),
      "\(Quantities.bytes(state.bytes)) of \(Quantities.bytes(totalBytes))",
      "\(Quantities.bytes(Int(rate)))/s",
    ]
    if rate > 0, fraction > 0, fraction < 1 {
      let left = Double(totalBytes - state.bytes) / rate
      parts.append("\(Quantities.clock(.seconds(min(left, 359_999)))) left")
    }
    // In a narrow window the last parts are given up first.
    while true {
      let text = parts.joined(separator: "  ")
      if text.columns < columns { return text }
      guard parts.count > 1 else { return String(text.prefix(columns - 1)) }
      parts.removeLast()
    }
  }

  /// A bar in eighths of a cell.
  private static func bar(_ fraction: Double, cells: Int) -> String {
    let eighths = Int(fraction * Double(cells * 8))
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    let full = String(repeating: "█", count: eighths / 8)
    let part = parts[eighths % 8]
    let rest = String(repeating: " ", count: cells - eighths / 8 - (part.isEmpty ? 0 : 1))
    return " ▕\(full)\(part)\(rest)▏"
  }
}
