import FleetBase
import FleetTesting
import Foundation
import Testing

@Suite(.serialized) struct BenchmarkPackageTests {
    private static let built = Result { try BenchmarkPackage() }
    private let package: BenchmarkPackage
    private let folder: TemporaryFolder

    init() throws {
        package = try Self.built.get()
        folder = try TemporaryFolder()
    }

    private func metrics(_ engine: Engine, _ parameters: String) throws -> Metrics {
        let words = parameters.split(separator: " ").map(String.init)
        #expect(try run(package.command(engine) + words, in: folder.path).status == 0)
        return try JSONText.decode(Metrics.self, from: folder.read("out/metrics.json").utf8)
    }

    @Test(arguments: [
        (
            "--particles 100 --steps 500 --seed 42", 171, 112,
            "24c4b888609b44b8cbc9056625f10c24ea1b8bb1dd7a2c7707645b072d7270e6"
        ),
        ("", 303, 201, "3365e78ee5b7db8cfe63486731635cac8d2415c6f676ef1f10cfb8296b94896f"),
        (
            "--particles=200 --steps=300 --seed=7", 440, 156,
            "bcce76b5666d180efd5486be662914543b8b7f68b79526e27d4ff23a52e14353"
        ),
    ])
    func givesThePublishedBits(_ parameters: String, _ pairs: Int, _ walls: Int, _ state: String) throws {
        for engine in package.engines {
            let expected = Metrics(particleCollisions: pairs, wallCollisions: walls, state: state)
            #expect(try metrics(engine, parameters) == expected)
        }
    }

    @Test(arguments: [
        "--particles 1", "--steps 0", "--particles 600 --steps 20", "--particles 40 --steps 50 --width 10 --height 10",
        "--particles 200 --steps 40 --width 12.5 --height 1e5", "--particles 60 --steps 300 --width 90 --height 70.25",
        "--particles 900 --steps 3 --width 20 --height 20", "--particles 700 --steps 8 --width 300 --height 200",
        "--particles 13 --steps 60 --width 40 --height 30", "--particles 1500 --steps 4 --width 1e4 --height 14",
    ])
    func allEnginesAgree(_ parameters: String) throws {
        let expected = try metrics(.python, parameters)
        for engine in package.engines { #expect(try metrics(engine, parameters) == expected) }
    }

    @Test(arguments: [
        "--snapshots 3 --plot --animate", "--snapshots 1 --plot=true --animate false --particles 7 --steps 500",
        "--snapshots 9 --steps 2 --animate true", "--steps 0 --plot --animate --snapshots 2",
    ])
    func allEnginesKeepTheSameFiles(_ parameters: String) throws {
        var kept: [[String: Data]] = []
        for engine in package.engines {
            _ = try metrics(engine, parameters)
            let out = URL(fileURLWithPath: folder.path + "/out")
            var files: [String: Data] = [:]
            for name in try FileManager.default.contentsOfDirectory(atPath: out.path) where name != "metrics.json" {
                files[name] = try Data(contentsOf: out.appendingPathComponent(name))
            }
            kept.append(files)
            try FileManager.default.removeItem(at: out)
        }
        #expect(kept[0].count >= 2)
        #expect(Set(kept).count == 1)
    }

    @Test func keepsSnapshotsEvenlySpaced() throws {
        _ = try metrics(.native, "--particles 2 --steps 10 --snapshots 3")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/out/snapshots.bin"))
        #expect(bytes.prefix(8) == Data("fleet-1\n".utf8))
        let size = 8 + 2 * 4 * 8
        #expect(bytes.count == 16 + 3 * size)
        #expect((0..<3).map { bytes[16 + $0 * size] } == [0, 5, 10])
    }

    @Test func saysWhatCompilingLacks() throws {
        let other = try BenchmarkPackage()
        try FileManager.default.removeItem(atPath: other.path + "/compiled")
        let python = try run(["python3", "-c", "import sys; print(sys.executable)"], in: folder.path).output
        try FileManager.default.createDirectory(atPath: folder.path + "/bin", withIntermediateDirectories: true)
        for tool in ["/usr/bin/dirname", "/bin/sh"] {
            let link = folder.path + "/bin/" + URL(fileURLWithPath: tool).lastPathComponent
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: tool)
        }
        let ended = try run(
            [python.trimmingCharacters(in: .whitespacesAndNewlines)] + other.command(.cython).dropFirst(),
            in: folder.path, environment: ["PATH": folder.path + "/bin"])
        #expect(ended.status == 1)
        #expect(ended.error.hasPrefix("error: the engine cython has no module for Python"))
        #expect(ended.error.contains("(Debian: ") && ended.error.contains("\nhint: compile it on the master"))
    }

    @Test(arguments: Engine.allCases)
    func reportsProgressWhenAsked(_ engine: Engine) throws {
        let words = package.command(engine) + ["--steps", "2"]
        let silent = try run(words, in: folder.path)
        #expect(silent.output.split(separator: "\n").count == 1)
        let lines = try run(words, in: folder.path, environment: ["FLEET_PROGRESS": "1"]).output.split(separator: "\n")
        let steps = lines.dropLast().compactMap {
            try? JSONText.decode([String: Double].self, from: $0.utf8)["progress"]
        }
        #expect(steps.sorted() == [0.5, 1])
    }

    @Test(arguments: [
        "--particles 0", "--particles x", "--steps -1", "--seed 4294967296", "--width 9.99", "--height inf",
        "--speed 4", "--steps", "--snapshots -1", "--plot maybe",
    ])
    func refusesBadParametersInOneLine(_ parameters: String) throws {
        for engine in package.engines {
            let ended = try run(
                package.command(engine) + parameters.split(separator: " ").map(String.init), in: folder.path)
            #expect(ended.status == 2)
            #expect(ended.error.hasPrefix("error: ") && ended.error.filter { $0 == "\n" }.count == 1)
        }
    }

    @Test func buildsTheSameBytesInAnyFolder() throws {
        let other = try BenchmarkPackage()
        let compiled = try FileManager.default.contentsOfDirectory(atPath: package.path + "/compiled")
        for name in ["particles"] + compiled.map({ "compiled/" + $0 }) {
            let bytes = try [package, other].map { try Data(contentsOf: URL(fileURLWithPath: "\($0.path)/\(name)")) }
            #expect(bytes[0] == bytes[1], "\(name)")
        }
    }
}
