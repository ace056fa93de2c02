// Which index a command works on.

import EvIndex
import EvSearch
import EvTerminal

/// Finds the index that is meant.
enum IndexLocation {
  /// The index to read: what the option says, else the variable, else the nearest one upwards, else
  /// the person's own.
  static func existing(_ option: String?, on console: Console) throws(CommandError) -> String {
    guard let path = found(option, on: console) else { throw .noIndexFound }
    return path
  }

  /// The index to read, or nil where none is named and none is there.
  static func found(_ option: String?, on console: Console) -> String? {
    existingNamed(option, on: console) ?? SearchIndex.locate(from: console.workingFolder)
      ?? personal(console.environment)
  }

  /// The index that is named, or that of a folder of documents that is named instead.
  private static func existingNamed(_ option: String?, on console: Console) -> String? {
    named(option, on: console).map { path in
      [path, FilePath.join(path, ".evsearch"), FilePath.join(path, "Index")].first {
        SystemCalls.exists($0 + "/manifest")
      } ?? path
    }
  }

  /// The index for a search of some places, absolute paths; nil where there is none and one can be made.
  ///
  /// An index that was named, or that is found upwards from here and holds the places, comes first; then
  /// the nearest one upwards from the place.
  static func existing(
    _ option: String?, places: [String], on console: Console
  ) throws(CommandError) -> String? {
    let here =
      existingNamed(option, on: console) ?? SearchIndex.locate(from: console.workingFolder)
    guard let place = places.first, named(option, on: console) == nil else {
      if let here { return here }
      return try existing(option, on: console)
    }
    if let here, let root = try recordedRoot(of: here) {
      let isOfIt = { FilePath.contains(root, $0) || FilePath.contains($0, root) }
      if places.allSatisfy(isOfIt) { return here }
    }
    let folder = SystemCalls.isFolder(place) ? place : FilePath.folder(of: place)
    if let near = SearchIndex.locate(from: folder), let root = try recordedRoot(of: near),
      places.allSatisfy({ FilePath.contains(root, $0) })
    {
      return near
    }
    // An index that does not hold the place says so itself.
    return here
  }

  /// The index of a person who searches it from everywhere: `evsearch/default` in the folder of their
  /// data; nil where there is none.
  private static func personal(_ environment: Environment) -> String? {
    let folder =
      environment.absolutePath("XDG_DATA_HOME")
      ?? environment.absolutePath("HOME").map { $0 + "/.local/share" }
    guard let path = folder.map({ $0 + "/evsearch/default" }),
      SystemCalls.exists(path + "/manifest")
    else { return nil }
    return path
  }

  /// The folder to index and the index to write.
  struct Target: Equatable {
    /// The folder of documents, an absolute path.
    let root: String
    /// The folder of the index, an absolute path.
    let indexPath: String
  }

  /// What `evsearch index` works on.
  ///
  /// Without a folder it is the index that a search would use, and the folder that this index is of.
  /// With a folder it is the index that the option or the variable names, else one found upwards
  /// that is of this folder, else a new one inside it.
  static func target(
    folder: String?, _ option: String?, on console: Console
  ) throws(CommandError) -> Target {
    guard let folder else {
      let path = try existing(option, on: console)
      return Target(root: try collectionRoot(of: path), indexPath: path)
    }
    let path = FilePath.absolute(folder, in: console.workingFolder)
    guard let root = SystemCalls.realPath(path) else {
      throw CommandError(
        code: "no_folder", message: "There is no folder \(folder).",
        hint: "Name one that holds documents: evsearch index DIR")
    }
    if let named = named(option, on: console) {
      // The paths in an index are those of one folder; two would be mixed up.
      if let owner = try recordedRoot(of: named), owner != root {
        throw CommandError(
          code: "other_folder", message: "The index at \(named) is of \(owner).",
          hint: "Choose another place with --index, or remove it.")
      }
      return Target(root: root, indexPath: named)
    }
    for start in [console.workingFolder, root] {
      guard let found = SearchIndex.locate(from: start) else { continue }
      if try recordedRoot(of: found) == root { return Target(root: root, indexPath: found) }
    }
    guard SystemCalls.isFolder(root) else {
      throw CommandError(
        code: "no_index", message: "\(folder) is a file, so its index needs a place of its own.",
        hint: "Name one: evsearch index \(folder) --index DIR")
    }
    return Target(root: root, indexPath: root + "/.evsearch")
  }

  private static func named(_ option: String?, on console: Console) -> String? {
    (option ?? console.environment["EVSEARCH_INDEX"]).map {
      FilePath.absolute($0, in: console.workingFolder)
    }
  }

  /// The folder that an index says it is of; also of an index that is damaged, as this is how it is
  /// repaired.
  private static func collectionRoot(of path: String) throws(CommandError) -> String {
    guard SystemCalls.exists(path) else { throw CommandError(IndexError.notFound(path: path)) }
    guard let root = try recordedRoot(of: path) else {
      throw CommandError(
        code: "no_folder", message: "The index at \(path) does not say what folder it is of.",
        hint: "Name it: evsearch index DIR --index \(path)")
    }
    return root
  }

  /// The folder that an index has in its configuration, an absolute path; nil where it has none.
  private static func recordedRoot(of path: String) throws(CommandError) -> String? {
    let configuration: CollectionConfiguration?
    do throws(IndexError) {
      configuration = try CollectionConfiguration.read(from: path)
    } catch {
      throw CommandError(error)
    }
    return configuration.map { configuration in
      let root = FilePath.absolute(configuration.root, in: path)
      return SystemCalls.realPath(root) ?? root
    }
  }
}
