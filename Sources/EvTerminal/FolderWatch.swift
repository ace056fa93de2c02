// Waits for changes in folders, through inotify, and for Ctrl-C.

import Glibc

/// Notices when something in some folders changes.
///
/// There can be one at a time. From ``catchSignals()`` to ``releaseSignals()``, SIGINT and SIGTERM end the
/// waiting and not the process.
package final class FolderWatch {
  /// What ended the waiting.
  package enum Event: Equatable, Sendable {
    /// Something changed.
    case changed
    /// Nothing did, for as long as was asked.
    case quiet
    /// Ctrl-C, or another request to end.
    case interrupted
  }

  private let descriptor: Int32
  private let alarms: Int32
  private var watched: Set<String> = []
  /// What the signals did before they were caught; empty while they are not.
  private var former: [(@convention(c) (Int32) -> Void)?] = []
  private static let signals = [SIGINT, SIGTERM]

  /// Starts without any folder; nil where the system refuses.
  package init?() {
    let descriptor = inotify_init1(Int32(O_CLOEXEC | O_NONBLOCK))
    guard descriptor >= 0 else { return nil }
    self.descriptor = descriptor
    var pipe: [Int32] = [-1, -1]
    // Safe: the array has room for the two descriptors.
    guard unsafe Glibc.pipe(&pipe) == 0 else {
      close(descriptor)
      return nil
    }
    for end in pipe {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    alarms = pipe[0]
    unsafe alarmDescriptor = pipe[1]
  }

  deinit {
    releaseSignals()
    close(descriptor)
    close(alarms)
    unsafe _ = close(alarmDescriptor)
  }

  /// Watches a folder, not what is below it.
  ///
  /// - Returns: Zero, or the system's error number: `ENOSPC` where there are too many.
  package func add(_ folder: String) -> Int32 {
    guard !watched.contains(folder) else { return 0 }
    let mask =
      IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF
      | IN_ATTRIB | IN_ONLYDIR
    // Safe: the string lives as long as the call.
    guard unsafe inotify_add_watch(descriptor, folder, UInt32(mask)) >= 0 else { return errno }
    watched.insert(folder)
    return 0
  }

  /// Lets signals end the next waiting: call it in front of what says that they do.
  package func catchSignals() {
    guard former.isEmpty else { return }
    former = Self.signals.map { signal($0, noteAlarm) }
  }

  /// Lets signals do again what they did.
  package func releaseSignals() {
    for (number, handler) in zip(Self.signals, former) { signal(number, handler) }
    former = []
  }

  /// Waits until something changes, or nothing has for a while; catches signals if nobody has.
  ///
  /// - Parameter time: How long to wait, in milliseconds; nil for ever.
  package func wait(milliseconds time: Int32?) -> Event {
    catchSignals()
    var waiting = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: alarms, events: Int16(POLLIN), revents: 0),
    ]
    while true {
      // Safe: two structures, and the count says two.
      let count = unsafe poll(&waiting, 2, time ?? -1)
      if count == 0 { return .quiet }
      // The signal that ended the call has written to the pipe.
      if count < 0, errno == EINTR { continue }
      guard count > 0, waiting[1].revents == 0 else { return .interrupted }
      // What exactly happened does not matter: the folder is listed anew.
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while let read = SystemCalls.read(descriptor, into: &buffer), read > 0 {}
      return .changed
    }
  }
}

// Safe: written when a watch is made and read by the handler, which is set later only.
private nonisolated(unsafe) var alarmDescriptor: Int32 = -1

/// Ends the waiting; of the calls that a handler may make.
private func noteAlarm(_: Int32) {
  var byte: UInt8 = 1
  // Safe: one byte, and the count says one. A full pipe has a byte to be read anyway.
  unsafe _ = write(alarmDescriptor, &byte, 1)
}

extension SystemCalls {
  /// Lets everything else on the machine go first, on the processor and on the disk.
  ///
  /// Linux derives the priority of reading and writing from this one.
  package static func yieldToOthers() {
    _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
  }

  /// A folder and all folders below it; links are not followed.
  ///
  /// - Parameter isWanted: Asked for each folder below, by its path and its name.
  package static func folders(
    in root: String, where isWanted: (_ path: String, _ name: String) -> Bool
  ) -> [String] {
    var found = [root]
    var next = 0
    while next < found.count {
      let folder = found[next]
      next += 1
      guard let stream = unsafe opendir(folder) else { continue }
      defer { unsafe closedir(stream) }
      while let entry = unsafe readdir(stream) {
        // Safe: `d_name` ends with a zero inside the entry, which lasts until the next readdir.
        let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
            unsafe String(cString: $0)
          }
        }
        let path = folder + "/" + name
        var information = stat()
        guard name != ".", name != "..", isWanted(path, name),
          unsafe lstat(path, &information) == 0, information.st_mode & S_IFMT == S_IFDIR
        else { continue }
        found.append(path)
      }
    }
    return found
  }
}
