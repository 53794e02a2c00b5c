// swift-tools-version: 6.2
import PackageDescription

/// Every target compiles in Swift 6 mode with warnings as errors.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6), .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A Debian library: a module map with its shim header in `Sources/NAME`.
func system(_ name: String, pkgConfig: String, apt: String) -> Target {
    .systemLibrary(name: name, path: "Sources/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

/// - Parameter isSmall: whether its code is made small instead of fast: it is much, and not hot. FleetKit stands on none of
///   these, since other packages could not depend on it with such flags.
func library(
    _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = [], isSmall: Bool = false
) -> Target {
    let small: [SwiftSetting] = isSmall ? [.unsafeFlags(["-Osize"], .when(configuration: .release))] : []
    return .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict + small)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies + ["FleetTesting"], swiftSettings: strict)
}

/// What `scripts/fuzz` builds with libFuzzer, whose driver no other build has; else the test that replays its corpus.
let fuzzing: Target = {
    let (path, readers) = (
        "Tests/FleetFuzzTests",
        ["FleetHosts", "FleetReleases", "FleetRuns", "FleetConfig", "FleetPackage", "FleetHTTP", "FleetBase"]
            as [Target.Dependency]
    )
    guard Context.environment["FLEET_FUZZ"] != nil else {
        return .testTarget(
            name: "FleetFuzzTests", dependencies: readers + ["FleetTesting"], path: path, exclude: ["Driver"],
            swiftSettings: strict)
    }
    return .executableTarget(
        name: "fleet-fuzz", dependencies: readers, path: path, exclude: ["ReplayTests.swift"], swiftSettings: strict)
}()

let package = Package(
    name: "fleet",
    products: [
        .executable(name: "fleet", targets: ["fleet"]),
        .library(name: "FleetKit", targets: ["FleetKit"]),
    ],
    targets: [
        system("CSSH2", pkgConfig: "libssh2", apt: "libssh2-1-dev"),
        system("CArchive", pkgConfig: "libarchive", apt: "libarchive-dev"),
        system("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
        system("CYAML", pkgConfig: "yaml-0.1", apt: "libyaml-dev"),
        system("CCrypto", pkgConfig: "libcrypto", apt: "libssl-dev"),
        system("CMD4C", pkgConfig: "md4c", apt: "libmd4c-dev"),
        system("CTLS", pkgConfig: "libssl", apt: "libssl-dev"),
        system("CMosquitto", pkgConfig: "libmosquitto", apt: "libmosquitto-dev"),
        .target(name: "CLinux"),

        library("FleetBase", ["CLinux"]),
        library("FleetHTTP", ["FleetBase", "CTLS", "CLinux"], isSmall: true),
        library("FleetArguments", ["FleetBase"], isSmall: true),
        library("FleetConfig", ["FleetBase", "CYAML"], resources: [.embedInCode("Examples")]),
        library("FleetPackage", ["FleetBase", "CArchive", "CCrypto"]),
        library("FleetSSH", ["FleetBase", "CSSH2", "CCrypto", "CLinux"]),
        library("FleetLedger", ["FleetBase", "CSQLite"]),
        library("FleetEvents", ["FleetBase", "FleetLedger"]),
        library(
            "FleetHosts", ["FleetBase", "FleetConfig", "FleetPackage", "FleetEvents"],
            resources: [.embedInCode("Scripts")]),
        library(
            "FleetReleases", ["FleetBase", "FleetConfig", "FleetPackage", "FleetEvents", "FleetHosts"],
            resources: [.embedInCode("Scripts")]),
        library(
            "FleetRuns",
            [
                "FleetBase", "FleetConfig", "FleetPackage", "FleetLedger", "FleetEvents", "FleetHosts", "FleetReleases",
            ],
            resources: [.embedInCode("Scripts")]),
        library(
            "FleetService",
            [
                "FleetBase", "FleetConfig", "FleetPackage", "FleetLedger", "FleetEvents", "FleetHosts", "FleetReleases",
                "FleetRuns", "FleetSSH", "FleetLab", "FleetReport",
            ]),
        library(
            "FleetViews",
            [
                "FleetBase", "FleetConfig", "FleetEvents", "FleetLab", "FleetLedger", "FleetHosts", "FleetReleases",
                "FleetRuns", "FleetService",
            ]),
        library("FleetMQTT", ["FleetBase", "FleetConfig", "FleetEvents", "FleetService", "CMosquitto"]),
        library("FleetReport", ["FleetBase", "FleetLedger"]),
        library("FleetLab", ["FleetBase", "FleetConfig"], resources: [.embedInCode("Scripts")]),
        library("FleetTerminal", ["FleetBase", "FleetConfig", "FleetEvents", "CLinux"], isSmall: true),
        library(
            "FleetServe",
            [
                "FleetBase", "FleetHTTP", "FleetConfig", "FleetEvents", "FleetHosts", "FleetLedger", "FleetReleases",
                "FleetReport", "FleetRuns", "FleetService", "FleetViews", "CCrypto", "CMD4C",
            ], resources: [.embedInCode("Page"), .embedInCode("Schema")], isSmall: true),
        library(
            "FleetCommands",
            [
                "FleetBase", "FleetArguments", "FleetConfig", "FleetPackage", "FleetLedger", "FleetEvents",
                "FleetHTTP", "FleetHosts", "FleetReleases", "FleetRuns", "FleetMQTT", "FleetSSH", "FleetLab",
                "FleetReport",
                "FleetServe", "FleetService", "FleetTerminal", "FleetViews",
            ],
            isSmall: true),
        library(
            "FleetKit",
            [
                "FleetBase", "FleetConfig", "FleetEvents", "FleetHosts", "FleetLab", "FleetLedger", "FleetReleases",
                "FleetRuns", "FleetService", "FleetViews",
            ]),
        .executableTarget(
            name: "fleet", dependencies: ["FleetCommands"], swiftSettings: strict,
            linkerSettings: [.unsafeFlags(["-Xlinker", "--icf=safe"], .when(configuration: .release))]),

        .executableTarget(
            name: "sweep-example", dependencies: ["FleetKit"], path: "docs/examples/sweep", swiftSettings: strict),

        .target(
            name: "FleetTesting", dependencies: ["FleetBase", "FleetLab"], path: "Tests/FleetTesting",
            exclude: ["gemini_server.py"], swiftSettings: strict),
        tests("FleetBaseTests", ["FleetBase"]),
        tests("FleetArgumentsTests", ["FleetArguments"]),
        tests("FleetConfigTests", ["FleetConfig"]),
        tests("FleetPackageTests", ["FleetPackage"]),
        tests("FleetHTTPTests", ["FleetBase", "FleetHTTP"]),
        tests("FleetLedgerTests", ["FleetLedger"]),
        tests("FleetEventsTests", ["FleetEvents", "FleetLedger"]),
        tests("FleetReportTests", ["FleetBase", "FleetLedger", "FleetReport"]),
        tests("FleetSSHTests", ["FleetBase", "FleetSSH"]),
        tests(
            "FleetMQTTTests",
            ["FleetMQTT", "FleetBase", "FleetConfig", "FleetEvents", "FleetLedger", "FleetService", "fleet"]),
        tests(
            "FleetServeTests",
            [
                "FleetServe", "FleetBase", "FleetConfig", "FleetEvents", "FleetLedger", "FleetReport", "FleetService",
                "FleetViews", "fleet",
            ]),
        tests("FleetServiceTests", ["FleetService", "FleetEvents", "FleetHosts", "FleetConfig", "FleetLedger"]),
        tests("FleetKitTests", ["FleetKit", "FleetBase", "fleet", "sweep-example"]),
        tests("FleetLabTests", ["FleetBase", "FleetLab"]),
        tests(
            "HostsReleasesRunsTests",
            ["FleetHosts", "FleetReleases", "FleetRuns", "FleetConfig", "FleetLedger", "FleetPackage", "FleetSSH"]),
        fuzzing,
        tests("BenchmarkPackageTests", ["FleetBase"]),
        tests("AskPackageTests", ["FleetBase"]),
        tests(
            "FleetCommandsTests",
            [
                "FleetCommands", "FleetTerminal", "FleetHosts", "FleetSSH", "FleetConfig", "FleetEvents", "FleetLedger",
                "FleetService", "FleetViews", "fleet",
            ]),
    ]
)
