// Which names mean which unit.

/// The names of units in small letters, by the unit's shortest one.
enum UnitTable {
  /// The most bytes that a name of letters has.
  static let longestName = 24

  private static let names: [(unit: String, names: String)] = [
    (
      "%",
      "percent pct prozent procent procenta porcentaje percento percentuale процент процента процентов"
    ),
    ("per", "per"),
    (
      "km",
      "kms kilometer kilometers kilometre kilometres kilómetros chilometri quilômetros quilómetros км километр километра километров كم كيلومتر किमी किलोमीटर"
    ),
    ("m", "meter meters metre metres metern mètre mètres metros metri метр метра метров"),
    ("cm", "centimeter centimeters centimetre centimetres zentimeter"),
    ("mm", "millimeter millimeters millimetre millimetres"),
    ("mi", "mile miles"), ("ft", "foot feet"), ("in", "inch inches"),
    ("v", "volt volts вольт"), ("kv", "kilovolt kilovolts"),
    ("a", "amp amps ampere amperes"), ("ah", ""), ("mah", ""),
    ("w", "watt watts"), ("kw", "kilowatt kilowatts квт"), ("mw", "megawatt megawatts"),
    ("gw", "gigawatt gigawatts"), ("wh", ""), ("mwh", ""), ("gwh", ""), ("twh", ""),
    ("kwh", "kilowatt-hours"), ("hp", "bhp horsepower"), ("ps", "pferdestärken"), ("nm", ""),
    ("kg", "kilo kilos kilogram kilograms kilogramm кг"), ("g", "gram grams gramm"),
    ("mg", ""), ("t", "ton tons tonne tonnes tonnen"), ("lb", "lbs"), ("oz", "ounce ounces"),
    ("l", "liter liters litre litres litern"), ("gal", "gallon gallons"),
    ("°c", "℃ celsius"), ("°f", "℉ fahrenheit"),
    ("h", "hr hrs hour hours stunde stunden heures horas"),
    ("min", "mins minute minutes minuten minutos"),
    ("s", "sec secs second seconds sekunde sekunden secondes segundos"), ("ms", ""),
    ("day", "days tage tagen jours días"), ("week", "weeks wochen"),
    ("month", "months monate monaten"), ("year", "years jahre jahren"),
    ("km/h", "kph kmh"), ("mph", ""), ("m/s", ""), ("mpg", ""), ("mpge", ""),
    ("l/100km", ""), ("kwh/100km", ""), ("wh/kg", ""), ("wh/km", ""), ("wh/mi", ""), ("mi/kwh", ""),
    ("g/km", ""), ("km/kwh", ""), ("wh/l", ""),
    ("hz", "hertz"), ("khz", ""), ("mhz", ""), ("ghz", ""), ("rpm", ""), ("db", ""),
    ("kb", ""), ("mb", ""), ("gb", ""), ("tb", ""),
    ("$", "usd dollar dollars us-dollar доллар долларов"), ("€", "eur euro euros евро"),
    ("£", "gbp"), ("yuan", "cny rmb renminbi юаней"), ("yen", "jpy"), ("₩", "krw"),
    ("₹", "inr rupees"), ("chf", "franken"), ("sek", ""),
  ]

  /// The names in scripts without spaces, which need nothing around them.
  private static let unspacedNames: [(unit: String, names: String)] = [
    ("km", "公里 千米 キロメートル キロ กิโลเมตร"), ("m", "米 メートル เมตร"), ("mi", "英里 マイル"),
    ("%", "パーセント"), ("v", "伏 伏特 ボルト"), ("kw", "千瓦 キロワット"),
    ("kwh", "千瓦时 千瓦時 度电 キロワット時"), ("hp", "马力 馬力"), ("kg", "公斤 千克 キログラム กิโลกรัม"),
    ("t", "吨 噸 トン"), ("°c", "摄氏度 攝氏度 ℃"), ("h", "小时 小時 時間"), ("min", "分钟 分鐘 分間"),
    ("s", "秒 秒間"), ("day", "天 日間"), ("year", "年間"), ("yuan", "元 人民币 人民幣"),
    ("$", "美元 ドル 米ドル"), ("€", "欧元 歐元 ユーロ"), ("yen", "円 日元 日圓"), ("£", "英镑 英鎊 ポンド"),
    ("baht", "บาท"),
  ]

  /// The unit of each name of letters.
  static let units: ShortWordTable<String> = table(names)

  private static let unspacedUnits: ShortWordTable<String> = table(unspacedNames)
  private static let longestUnspaced = 32

  private static func table(_ rows: [(unit: String, names: String)]) -> ShortWordTable<String> {
    ShortWordTable(
      rows.flatMap { unit, names in
        (names.split(separator: " ") + [Substring(unit)]).map { (Array($0.utf8), unit) }
      })
  }

  /// The longest name of a script without spaces that begins at `start`.
  static func longest(in text: Span<UInt8>, at start: Int, end: Int) -> (name: String, end: Int)? {
    var name = WordKey()
    var best: (name: String, end: Int)?
    var index = start
    while index < end, index - start < longestUnspaced {
      let here = text.scalar(at: index, end: end)
      guard here.value >= 0xE00 else { break }
      for offset in index..<index + here.length { name.append(text[offset]) }
      index += here.length
      if let unit = unspacedUnits[name] { best = (unit, index) }
    }
    return best
  }

  /// Words that multiply any number in front of them.
  static let factors = table(factorNames)

  /// Words that multiply an amount of money, also those next to its last digit.
  static let moneyFactors = table(
    factorNames + [(1e3, "k"), (1e6, "m mm"), (1e9, "b"), (1e12, "t")])

  private static let factorNames: [(factor: Double, names: String)] = [
    (1e3, "thousand tausend mille mil тысяч"),
    (1e6, "million millions mn mio millionen millones milhões milioni миллион миллиона миллионов"),
    (
      1e9,
      "billion billions bn mrd milliarde milliarden milliard milliards миллиард миллиарда миллиардов"
    ),
    (1e12, "trillion trillions tn"),
  ]

  private static func table(_ rows: [(factor: Double, names: String)]) -> ShortWordTable<Double> {
    ShortWordTable(
      rows.flatMap { factor, names in
        names.split(separator: " ").map { (Array($0.utf8), factor) }
      })
  }

  /// What a Chinese or Japanese character multiplies the number in front of it by.
  static func hanFactor(_ scalar: UInt32) -> Double? {
    switch scalar {
    case 0x4E07, 0x842C: 1e4  // 万 萬
    case 0x4EBF, 0x5104: 1e8  // 亿 億
    default: nil
    }
  }
}
