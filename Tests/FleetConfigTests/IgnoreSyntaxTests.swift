import FleetBase
import FleetTesting
import Foundation
import Testing

@testable import FleetConfig

/// Patterns as gitignore(5) has them, proved against git itself.
@Suite struct IgnoreSyntaxTests {
    private static let patterns = [
        "a", "/a", "a/", "/a/", "a/b", "/a/b", "a/*", "*", "*.x", "!a", "!/a", "!*.x", "**/b", "a/**", "a/**/b",
        "**/a/b",
        "a**b", "a/**b", "?", "??", "[ab]", "[!a]", "[^a]", "[a-c].x", "[]a]", "[[:alpha:]]", "[[:digit:]].x", "[a",
        "\\a", "\\!a", "a\\", "**", "/**", "**/", "*/b", "*/", "!a/", "!**/b", "a//b", "[\\]]", "a[/]b", "[a-]", "b/c/",
        "!b/c", "*/*", "!a/b/c",
    ]
    private static let paths = [
        "a", "b", "a.x", "ab", "b/a", "b/b", "b/a.x", "b/c/a", "b/c/b", "c/a/b", "c/a/c/b", "!a", "]", "1.x", "c.x",
        "c/!a", "a-", "-", "a/b", "a/c/b", "a/b/c", "a/a/a",
    ]

    /// SplitMix64, so that a failure can be repeated.
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }
    }

    @Test func agreesWithGit() throws {
        let git = try Program.path("git")
        let folder = try TemporaryFolder()
        try run(git, ["init", "-q"], in: folder.path)
        var numbers = Numbers(state: 11)
        for round in 0..<120 {
            // Each pattern alone, then several together.
            let lines =
                round < Self.patterns.count
                ? [Self.patterns[round]] : (0..<4).map { _ in Self.patterns.randomElement(using: &numbers) ?? "" }
            // One path is a file and another the folder of one, so each tree is made of some.
            let tree = Self.tree(round, &numbers)
            try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0 != ".git" }.forEach {
                try FileManager.default.removeItem(atPath: folder.path + "/" + $0)
            }
            for path in tree { try folder.write("", to: path) }
            try folder.write(lines.joined(separator: "\n") + "\n", to: ".gitignore")
            let listed = try run(git, ["ls-files", "-co", "--exclude-standard", "-z"], in: folder.path)
            let expected = Set(listed.split(separator: "\0").map(String.init)).subtracting([".gitignore"])
            let content = PackageContent(included: nil, excluded: [], outputs: [])
                .reading(ignoreFile: Array(lines.joined(separator: "\n").utf8))
            let found = Set(try tree.filter { try content.contains(RelativePath($0)) })
            #expect(found == expected, "\(lines) over \(tree)")
        }
    }

    private static func tree(_ round: Int, _ numbers: inout Numbers) -> [String] {
        var tree: [String] = []
        for path in paths.shuffled(using: &numbers)
        where !tree.contains(where: { $0.hasPrefix(path + "/") || path.hasPrefix($0 + "/") }) {
            tree.append(path)
        }
        return tree
    }

    @discardableResult
    private func run(_ program: String, _ words: [String], in folder: String) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = words
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder, "GIT_CONFIG_NOSYSTEM": "1"]
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    /// A pattern of many asterisks over a long name would keep a naive matcher busy for years.
    @Test func matchesInLittleTime() {
        let glob = NameGlob(Array(String(repeating: "*a", count: 200).utf8) + [UInt8(ascii: "b")])
        #expect(!glob.matches([UInt8](repeating: UInt8(ascii: "a"), count: 4000)[...]))
        let pattern = PathPattern(String(repeating: "**/a/", count: 60) + "b")
        let path = BytePath((String(repeating: "a/", count: 800) + "c").utf8)
        #expect(path.map { pattern.matches($0, isFolder: false) } == false)
    }
}
