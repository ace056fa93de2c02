import Glibc

/// What the process has used so far, as the system counts it.
struct ProcessUsage {
  /// Processor time of all threads, in seconds.
  let cpuSeconds: Double
  /// The largest resident set, in MiB.
  let peakMebibytes: Int

  init() {
    var usage = rusage()
    unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    cpuSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime)
    peakMebibytes = Int(usage.ru_maxrss) / 1024
  }
}
