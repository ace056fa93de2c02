// swift-tools-version: 6.3

// evsearch: a full-text search engine and indexer. ARCHITECTURE.md is the map of these targets.

import PackageDescription

/// Settings that every Swift target is built with, so that no target is quietly laxer.
let settings: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  // A newer toolchain may deprecate what this one offers; that is a task, not a broken build.
  .treatWarning("DeprecatedDeclaration", as: .warning),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  // `@_lifetime` on the span properties of mapped files and readers.
  .enableExperimentalFeature("Lifetimes"),
]

/// A library target of ours.
func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The test target of the library `name`.
func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.byName(name: name), "EvTestSupport"] + dependencies,
    swiftSettings: settings)
}

let package = Package(
  name: "evsearch",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "EvSearch", targets: ["EvSearch"]),
    .executable(name: "evsearch", targets: ["evsearch"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // C libraries. Those whose headers Swift must not see are C or C++ targets with an opaque header.
    .target(
      name: "CICU", linkerSettings: [.linkedLibrary("icui18n"), .linkedLibrary("icuuc")]),
    .target(name: "CStemmer", linkerSettings: [.linkedLibrary("stemmer")]),
    .target(name: "CEdit", linkerSettings: [.linkedLibrary("edit")]),
    .target(name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),
    .target(
      name: "CEncoding", linkerSettings: [.linkedLibrary("icui18n"), .linkedLibrary("icuuc")]),
    .target(name: "CGumbo", linkerSettings: [.linkedLibrary("gumbo")]),
    .target(name: "CArchive", linkerSettings: [.linkedLibrary("archive")]),
    .target(name: "CXML", dependencies: ["CLibXML"]),
    .target(name: "CVectors"),
    .systemLibrary(
      name: "CLibXML", pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(
      name: "CXXHash", pkgConfig: "libxxhash",
      providers: [.apt(["libxxhash-dev"]), .brew(["xxhash"])]),
    .systemLibrary(
      name: "CZstd", pkgConfig: "libzstd",
      providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
    .systemLibrary(
      name: "CMarkdown", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev"]), .brew(["cmark-gfm"])]),

    // Bytes, numbers, words.
    library("EvBytes", ["CMalloc", "CXXHash"]),
    library("EvCodecs", ["EvBytes", "CVectors"]),
    library("EvAnalysis", ["CICU", "CStemmer", "CVectors"]),

    // The engine.
    library("EvIndex", ["CVectors", "EvAnalysis", "EvBytes", "EvCodecs", "CZstd"]),
    library("EvQuery", ["CVectors", "EvAnalysis", "EvBytes", "EvIndex"]),
    library("EvPassages", ["EvAnalysis", "EvIndex", "EvQuery"]),
    library("EvSearch", ["EvAnalysis", "EvBytes", "EvIndex", "EvPassages", "EvQuery"]),

    // The program.
    library(
      "EvIngest",
      [
        "CArchive", "CEncoding", "CGumbo", "CMarkdown", "CSimdjson", "CXML", "EvAnalysis",
        "EvBytes", "EvIndex",
      ]),
    library("EvTerminal", ["CEdit"]),
    library(
      "EvCommandLine",
      [
        "EvAnalysis", "EvBytes", "EvIndex", "EvIngest", "EvQuery", "EvSearch", "EvTerminal",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(name: "evsearch", dependencies: ["EvCommandLine"], swiftSettings: settings),

    // Measurements; Benchmarks/README.md says how to run them.
    .target(name: "CProcessor", path: "Benchmarks/CProcessor"),
    .executableTarget(
      name: "evsearch-bench",
      dependencies: [
        "CProcessor", "CVectors", "EvAnalysis", "EvBytes", "EvCodecs", "EvIndex", "EvIngest",
        "EvQuery", "EvSearch",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks/evsearch-bench", swiftSettings: settings),
    .executableTarget(
      name: "evsearch-kernels",
      dependencies: [
        "CProcessor", "CVectors", "EvAnalysis", "EvBytes", "EvCodecs", "EvIndex", "EvTestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks/evsearch-kernels", swiftSettings: settings),

    // Inputs that are almost right, for every reader of files; Benchmarks/README.md says how to run it.
    .target(
      name: "EvFuzz",
      dependencies: ["EvBytes", "EvCodecs", "EvIndex", "EvIngest", "EvQuery", "EvTestSupport"],
      path: "Tests/EvFuzz", swiftSettings: settings),
    .executableTarget(
      name: "evsearch-fuzz",
      dependencies: ["EvFuzz", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      path: "Tests/evsearch-fuzz", swiftSettings: settings),

    .target(
      name: "EvTestSupport", dependencies: ["EvAnalysis", "EvIndex", "EvQuery"],
      path: "Tests/EvTestSupport", swiftSettings: settings),
    tests("EvBytes"),
    tests("EvCodecs", ["CVectors"]),
    tests("EvAnalysis"),
    tests("EvIndex", ["EvAnalysis", "EvBytes", "EvCodecs"]),
    tests("EvQuery", ["EvAnalysis", "EvIndex"]),
    tests("EvPassages", ["EvIndex", "EvQuery"]),
    tests("EvIngest", ["EvFuzz", "EvIndex"]),
    tests("EvTerminal"),
    tests("EvSearch", ["EvIngest"]),
    tests("EvCommandLine", ["EvIndex", "EvPassages", "EvSearch", "EvTerminal"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
