/// Maps offsets in a document's text to places in the file that it came from.
///
/// The text is a sequence of runs, each of which is a copy of consecutive bytes of the file; a place
/// inside a run is found by counting on from the run's start. What the text leaves out of the file
/// (markup, front matter) lies between runs. A file whose text is its own bytes needs no run.
///
/// The text of a record, such as a line of JSON, is written in its file in another way; its offsets
/// are those of the record's own text, and all of it is on the record's line.
public struct SourceMap: Sendable, Equatable {
  /// Where a stretch of text that was copied byte for byte begins.
  public struct Run: Sendable, Equatable {
    /// The first byte of the run in the text.
    public var textOffset: Int

    /// The same byte in the file.
    public var source: SourcePosition

    /// Creates a run.
    public init(textOffset: Int, source: SourcePosition) {
      self.textOffset = textOffset
      self.source = source
    }
  }

  /// The runs, in strictly ascending order of their text offset.
  public let runs: [Run]

  /// The line of the file that the text is a record on, from 1; nil where the text is no record.
  public let recordLine: Int?

  /// The map of a text that is the file's own bytes.
  public static let identity = SourceMap(runs: [])

  /// The map of a text that is the record on `line` of a file.
  public static func record(line: Int) -> SourceMap { SourceMap(runs: [], recordLine: line) }

  /// Creates a map.
  ///
  /// - Precondition: `runs` ascend strictly by text offset.
  public init(runs: [Run]) {
    precondition(
      zip(runs, runs.dropFirst()).allSatisfy { $0.textOffset < $1.textOffset },
      "the runs of a source map must ascend")
    self.init(runs: runs, recordLine: nil)
  }

  init(runs: [Run], recordLine: Int?) {
    self.runs = runs
    self.recordLine = recordLine
  }

  /// The place in the file of the byte at `offset` of the text.
  ///
  /// - Parameters:
  ///   - offset: A byte offset in `text`, at the start of a Unicode scalar or at the end.
  ///   - text: The UTF-8 of the document's text.
  ///   - known: An earlier offset whose place was found before, to count on from.
  /// - Returns: The place. An offset in front of the first run is given that run's place.
  /// - Complexity: O(log runs + bytes since the run's start, or since `known`).
  public func position(
    of offset: Int, in text: Span<UInt8>, after known: Run? = nil
  ) -> SourcePosition {
    var run = lastRun(startingAtOrBefore: offset) ?? Run(textOffset: 0, source: .start)
    if let known, (run.textOffset...max(run.textOffset, offset)).contains(known.textOffset) {
      run = known
    }
    var position = run.source
    var index = run.textOffset
    while index < min(offset, text.count) {
      position.advance(past: text[index])
      index += 1
    }
    if let recordLine { (position.line, position.column) = (recordLine, 1) }
    return position
  }

  /// The last run that starts at or before `offset`, or the first run, or nil where there is none.
  private func lastRun(startingAtOrBefore offset: Int) -> Run? {
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].textOffset <= offset { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? runs[low - 1] : runs.first
  }
}

/// A place in a file, in every unit that editors and programs count in.
public struct SourcePosition: Sendable, Equatable {
  /// Bytes from the start of the file.
  public var byte: Int

  /// UTF-16 code units from the start of the file.
  public var utf16: Int

  /// The line, from 1; a line ends with a line feed.
  public var line: Int

  /// The Unicode scalar in its line, from 1.
  public var column: Int

  /// The first byte of a file.
  public static let start = SourcePosition(byte: 0, utf16: 0, line: 1, column: 1)

  /// Creates a position.
  public init(byte: Int, utf16: Int, line: Int, column: Int) {
    self.byte = byte
    self.utf16 = utf16
    self.line = line
    self.column = column
  }

  /// Moves past one byte of UTF-8.
  ///
  /// The units other than bytes are counted at the first byte of a scalar, so they are right
  /// wherever a scalar starts.
  @inlinable
  public mutating func advance(past byte: UInt8) {
    self.byte += 1
    switch byte {
    case 0x0A:
      utf16 += 1
      line += 1
      column = 1
    case 0x80..<0xC0: break
    case 0xF0...:
      utf16 += 2
      column += 1
    default:
      utf16 += 1
      column += 1
    }
  }
}
