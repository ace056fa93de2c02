import EvCodecs

/// What numbers cost in one code or another, in bytes.
enum CodeCosts {
  /// A number of seven bits a byte.
  static func varint(_ value: UInt32) -> Int { max(1, (bits(value) + 6) / 7) }

  /// All values at the width of the largest.
  static func packed(_ values: [UInt32]) -> Int {
    (values.count * (values.map(bits).max() ?? 0) + 7) / 8
  }

  /// As ``EvCodecs/PatchedBlock`` has them.
  static func patched(_ values: [UInt32]) -> Int {
    patched(values) { $0.count > 32 ? nil : $0.count + highBytes($0, above: $1) + 1 }
  }

  /// With high bits that are packed at one width of their own.
  static func patchedPacked(_ values: [UInt32]) -> Int {
    patched(values) { exceptions, width in
      exceptions.count > 32 ? nil : exceptions.count + highBits(exceptions, above: width)
    }
  }

  /// With a bit a value that says where exceptions are, once that is shorter than their places.
  static func patchedMarked(_ values: [UInt32]) -> Int {
    patched(values) { exceptions, width in
      min(exceptions.count, values.count / 8)
        + min(highBits(exceptions, above: width), highBytes(exceptions, above: width))
    }
  }

  /// After Rice: the low bits as they are, what is above as so many bits; a byte for how many are low.
  ///
  /// - Parameter unary: Numbers that stand beside these as so many bits each.
  static func rice(_ values: [UInt32], unary: [UInt32] = []) -> Int {
    let beside = unary.reduce(0) { $0 + (min(Int($1), 16) + ($1 >= 16 ? 8 : 0)) }
    let least = (0..<28).lazy.map { low in
      values.reduce(beside) { $0 + low + 1 + Int($1 >> UInt32(low)) }
    }.min()
    return 1 + ((least ?? 0) + 7) / 8
  }

  /// A byte for the width and one for the number of exceptions, the values, and what `cost` says of the
  /// exceptions above a width; of all widths the cheapest.
  private static func patched(
    _ values: [UInt32], _ cost: (_ exceptions: [UInt32], _ width: Int) -> Int?
  ) -> Int {
    let widest = values.map(bits).max() ?? 0
    var best = (values.count * widest + 7) / 8
    for width in (0..<widest).reversed() {
      guard let more = cost(values.filter { bits($0) > width }, width) else { break }
      best = min(best, values.count * width / 8 + more)
    }
    return 2 + best
  }

  private static func highBytes(_ exceptions: [UInt32], above width: Int) -> Int {
    exceptions.reduce(0) { $0 + varint($1 >> UInt32(width)) }
  }

  private static func highBits(_ exceptions: [UInt32], above width: Int) -> Int {
    packed(exceptions.map { $0 >> UInt32(width) })
  }

  private static func bits(_ value: UInt32) -> Int { 32 - value.leadingZeroBitCount }
}
