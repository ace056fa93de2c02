// The system's calls that take a path: Swift's own strings in, values out.

import Glibc

// Safe, all of them: Swift passes a string as a C string that lives as long as the call, and none of
// these calls keeps it.

/// The few calls on paths that the program makes itself.
package enum SystemCalls {
  /// Opens a file that no child process inherits, and returns its descriptor, or nil.
  package static func open(_ path: String, _ flags: Int32, mode: UInt32 = 0o600) -> Int32? {
    let descriptor = unsafe Glibc.open(path, flags | O_CLOEXEC, mode)
    return descriptor >= 0 ? descriptor : nil
  }

  /// Makes a folder where there is none; only its owner may enter it.
  package static func makeFolder(_ path: String) {
    unsafe _ = mkdir(path, 0o700)
  }

  /// Makes a folder with a new name that only its owner may enter; nil where that fails.
  package static func makeTemporaryFolder(in parent: String, prefix: String) -> String? {
    var template = Array("\(parent)/\(prefix)XXXXXX".utf8CString)
    // Safe: the call writes over the X's of an array that ends with a zero.
    guard unsafe mkdtemp(&template) != nil else { return nil }
    return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Gives a file another name; whatever had that name is gone.
  package static func rename(_ path: String, to newPath: String) {
    unsafe _ = Glibc.rename(path, newPath)
  }

  /// Removes a file.
  package static func remove(_ path: String) {
    unsafe _ = unlink(path)
  }

  /// Whether anything has this path.
  package static func exists(_ path: String) -> Bool {
    unsafe access(path, F_OK) == 0
  }

  /// Whether the path leads to a program that may be run.
  package static func isExecutable(_ path: String) -> Bool {
    unsafe access(path, X_OK) == 0
  }

  /// Whether the path leads to a folder.
  package static func isFolder(_ path: String) -> Bool {
    var information = stat()
    guard unsafe stat(path, &information) == 0 else { return false }
    return information.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether the path leads to a folder that this process may write to.
  package static func isWritableFolder(_ path: String) -> Bool {
    unsafe isFolder(path) && access(path, W_OK | X_OK) == 0
  }

  /// How many bytes the file of a path has; 0 where there is none.
  package static func byteCount(_ path: String) -> Int {
    var information = stat()
    guard unsafe stat(path, &information) == 0 else { return 0 }
    return Int(information.st_size)
  }

  /// The absolute path without symbolic links, `.` and `..`; nil where nothing has this path.
  package static func realPath(_ path: String) -> String? {
    // Safe: with a null buffer the call allocates its result, which is freed here.
    guard let result = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(result) }
    return unsafe String(cString: result)
  }

  /// How many processors there are to use; at least 1.
  package static var processorCount: Int {
    max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }

  /// The words of the system for an error number.
  package static func message(_ code: Int32) -> String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }

  /// All that can be read from a descriptor; what was read so far where reading fails.
  package static func readAll(_ descriptor: Int32) -> [UInt8] {
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while let count = read(descriptor, into: &buffer), count > 0 {
      result.append(contentsOf: buffer[..<count])
    }
    return result
  }

  /// Reads once, at most as much as `buffer` has room for.
  ///
  /// - Returns: The count of bytes, 0 at the end, nil where reading fails.
  package static func read(_ descriptor: Int32, into buffer: inout [UInt8]) -> Int? {
    while true {
      // Safe: the pointer and the count are those of the buffer.
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Glibc.read(descriptor, bytes.baseAddress, bytes.count)
      }
      if count >= 0 { return count }
      guard errno == EINTR else { return nil }
    }
  }
}
