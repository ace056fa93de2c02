import Foundation

/// The bytes of every file below a folder, by path from the folder.
///
/// - Parameter isWanted: Says of a file's path whether it is wanted.
public func folderContents(
  _ folder: String, where isWanted: (String) -> Bool = { _ in true }
) throws -> [String: [UInt8]] {
  var contents: [String: [UInt8]] = [:]
  let paths = try FileManager.default.subpathsOfDirectory(atPath: folder)
  for path in paths where isWanted(path) {
    var isFolder: ObjCBool = false
    let full = folder + "/" + path
    // Safe: the pointer is used during the call only.
    guard unsafe FileManager.default.fileExists(atPath: full, isDirectory: &isFolder),
      !isFolder.boolValue
    else { continue }
    contents[path] = [UInt8](try Data(contentsOf: URL(fileURLWithPath: full)))
  }
  return contents
}
