public import EvBytes
import Glibc
import Synchronization

/// A disk that stops at one operation, and what may be on it afterwards.
///
/// It keeps in memory what the operations amount to, and of that what was synchronized. When the
/// machine stops, only the latter is certain. Of the bytes of a file that were written since, any
/// beginning may be there, or its length with zeros; of the names in each folder that were changed
/// since, any first part of the changes, or any choice of them. Folders are independent of each other,
/// which is harsher than common file systems.
public final class CrashingDisk: FileOperationWatcher {
  private let root: String
  private let state: Mutex<State>

  fileprivate struct State {
    var nodes: [Node] = [.folder(Folder())]
    var operations = 0
    var limit: Int
    /// The numbers of the operations that were renames, from 1.
    var renames: [Int] = []
  }

  fileprivate enum Node {
    case file(written: [UInt8], durable: [UInt8]?)
    case folder(Folder)
  }

  fileprivate struct Folder {
    var names: [String: Int] = [:]
    var durable: [String: Int] = [:]
    /// Changes since the folder was synchronized; those of one operation belong together.
    var changes: [[(name: String, node: Int?)]] = []

    mutating func change(_ changes: [(name: String, node: Int?)]) {
      self.changes.append(changes)
      for (name, node) in changes { names[name] = node }
    }
  }

  /// Creates a disk whose contents are those of the empty folder `root`.
  ///
  /// - Parameter limit: How many operations are carried out before everything fails.
  public init(root: String, stoppingAfter limit: Int = .max) {
    self.root = root
    state = Mutex(State(limit: limit))
  }

  /// Operations so far, those that failed included.
  public var operationCount: Int { state.withLock { $0.operations } }

  /// The numbers of the renames among the operations, from 1.
  public var renames: [Int] { state.withLock { $0.renames } }

  /// Whether the machine has stopped.
  public var hasStopped: Bool { state.withLock { $0.operations > $0.limit } }

  /// Takes note of an operation, or stops.
  public func willPerform(_ operation: FileOperation) throws(SystemError) -> Bool {
    let hasStopped = state.withLock { state in
      state.operations += 1
      guard state.operations <= state.limit else { return true }
      if case .rename = operation { state.renames.append(state.operations) }
      state.perform(operation, components)
      return false
    }
    if hasStopped { throw SystemError("reach", operation.path, code: EIO) }
    // Waiting for the real disk would prove nothing.
    switch operation {
    case .synchronize, .synchronizeFolder: return false
    default: return true
    }
  }

  private func components(_ path: String) -> [String] {
    path.dropFirst(root.count).split(separator: "/").map(String.init)
  }

  /// Writes what may be on the disk now into a folder.
  public func restore(into folder: TemporaryDirectory, seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let nodes = state.withLock { $0.nodes }
    try Self.restore(nodes, 0, "", folder, &random)
  }

  private static func restore(
    _ nodes: [Node], _ node: Int, _ path: String, _ folder: TemporaryDirectory,
    _ random: inout SplitMix64
  ) throws {
    switch nodes[node] {
    case .file(let written, let durable):
      try folder.write(path, contents(written, durable, &random))
    case .folder(let own):
      if !path.isEmpty { try FileSystem.makeFolder(folder.path(path)) }
      var names = own.durable
      if Bool.random(using: &random) {
        let kept = Int.random(in: 0...own.changes.count, using: &random)
        for (name, node) in own.changes[..<kept].joined() { names[name] = node }
      } else {
        for change in own.changes where Bool.random(using: &random) {
          for (name, node) in change { names[name] = node }
        }
      }
      for (name, node) in names.sorted(by: { $0.key < $1.key }) {
        try restore(nodes, node, path.isEmpty ? name : "\(path)/\(name)", folder, &random)
      }
    }
  }

  private static func contents(
    _ written: [UInt8], _ durable: [UInt8]?, _ random: inout SplitMix64
  ) -> [UInt8] {
    if written == durable { return written }
    let start = durable?.count ?? 0
    let kept = Int.random(in: start...max(start, written.count), using: &random)
    let zeros = Bool.random(using: &random) ? written.count - kept : 0
    return Array(written[..<kept]) + [UInt8](repeating: 0, count: zeros)
  }
}

extension CrashingDisk.State {
  mutating func perform(_ operation: FileOperation, _ components: (String) -> [String]) {
    switch operation {
    case .create(let path):
      nodes.append(.file(written: [], durable: nil))
      change([(components(path), nodes.count - 1)])
    case .makeFolder(let path):
      nodes.append(.folder(.init()))
      change([(components(path), nodes.count - 1)])
    case .write(let path, let bytes):
      guard let node = find(components(path)), case .file(let written, let durable) = nodes[node]
      else { return }
      nodes[node] = .file(written: written + bytes, durable: durable)
    case .synchronize(let path):
      guard let node = find(components(path)), case .file(let written, _) = nodes[node] else {
        return
      }
      nodes[node] = .file(written: written, durable: written)
    case .synchronizeFolder(let path):
      guard let node = find(components(path)), case .folder(var folder) = nodes[node] else {
        return
      }
      folder.durable = folder.names
      folder.changes = []
      nodes[node] = .folder(folder)
    case .rename(let old, let new):
      guard let node = find(components(old)) else { return }
      change([(components(old), nil), (components(new), node)])
    case .removeFile(let path), .removeFolder(let path):
      change([(components(path), nil)])
    }
  }

  /// Changes names; those in the same folder in one step.
  private mutating func change(_ changes: [(path: [String], node: Int?)]) {
    var byFolder: [(folder: Int, changes: [(name: String, node: Int?)])] = []
    for (path, node) in changes {
      guard let name = path.last, let folder = find(path.dropLast()) else { continue }
      if let index = byFolder.firstIndex(where: { $0.folder == folder }) {
        byFolder[index].changes.append((name, node))
      } else {
        byFolder.append((folder, [(name, node)]))
      }
    }
    for (number, changes) in byFolder {
      guard case .folder(var folder) = nodes[number] else { continue }
      folder.change(changes)
      nodes[number] = .folder(folder)
    }
  }

  private func find(_ path: some Sequence<String>) -> Int? {
    var node = 0
    for name in path {
      guard case .folder(let folder) = nodes[node], let next = folder.names[name] else {
        return nil
      }
      node = next
    }
    return node
  }
}

/// A file system that refuses what needs space, from one operation on.
public final class FullDisk: FileOperationWatcher {
  private let count = Atomic<Int>(0)
  private let limit: Int
  private let code: Int32

  /// - Parameters:
  ///   - limit: How many operations succeed before.
  ///   - code: What the others fail with: `ENOSPC`, `EROFS`.
  public init(after limit: Int, code: Int32) {
    self.limit = limit
    self.code = code
  }

  /// Operations so far.
  public var operationCount: Int { count.load(ordering: .relaxed) }

  /// Refuses an operation that needs space, once the disk is full; every one where it is read-only.
  public func willPerform(_ operation: FileOperation) throws(SystemError) -> Bool {
    let number = count.add(1, ordering: .relaxed).newValue
    guard number > limit else { return true }
    switch operation {
    case .create(let path), .write(let path, _), .synchronize(let path), .makeFolder(let path):
      throw SystemError("write", path, code: code)
    case .rename(let path, _), .removeFile(let path), .removeFolder(let path),
      .synchronizeFolder(let path):
      if code == EROFS { throw SystemError("change", path, code: code) }
      return true
    }
  }
}
