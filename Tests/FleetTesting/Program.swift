import Foundation

/// Programs that a test runs and waits for.
package enum Program {
    package struct Failed: Error, CustomStringConvertible {
        package let description: String

        package init(description: String) { self.description = description }
    }

    /// The built fleet, beside the test bundle, which this process runs.
    package static let fleet: String = {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent("fleet").path
    }()

    /// Runs a program found on the PATH or in the folders of system programs.
    ///
    /// - Returns: its standard output.
    /// - Throws: ``Failed`` when it does not end with status 0.
    @discardableResult
    package static func run(
        _ words: [String], input: [UInt8] = [], environment: [String: String] = [:]
    ) throws -> [UInt8] {
        let folder = try TemporaryFolder()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try path(words[0]))
        process.arguments = Array(words.dropFirst())
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        // Files instead of pipes: nothing to drain, however much is written.
        try Data(input).write(to: URL(fileURLWithPath: folder.path + "/in"))
        for name in ["out", "err"] { try folder.write("", to: name) }
        process.standardInput = FileHandle(forReadingAtPath: folder.path + "/in")
        process.standardOutput = FileHandle(forWritingAtPath: folder.path + "/out")
        process.standardError = FileHandle(forWritingAtPath: folder.path + "/err")
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failed(description: "\(words): \(process.terminationStatus) \(try folder.read("err"))")
        }
        return Array(try Data(contentsOf: URL(fileURLWithPath: folder.path + "/out")))
    }

    package static func text(_ words: [String]) throws -> String { String(decoding: try run(words), as: UTF8.self) }

    package static func path(_ name: String) throws -> String {
        guard !name.hasPrefix("/") else { return name }
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        for folder in folders + ["/usr/sbin", "/usr/bin", "/bin"]
        where FileManager.default.isExecutableFile(atPath: "\(folder)/\(name)") {
            return "\(folder)/\(name)"
        }
        throw Failed(description: "\(name) is not on this machine")
    }
}
