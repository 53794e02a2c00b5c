import FleetBase
import FleetTesting
import Foundation
@testable import FleetHosts
@testable import FleetReleases
@testable import FleetRuns

/// The shells that hosts have.
enum HostShell: String, CaseIterable, Sendable {
    case dash, bash, busybox

    var words: [String] { self == .busybox ? ["busybox", "sh"] : [rawValue] }
}

/// This machine as a host with another shell, and fleet's own scripts on it.
///
/// With busybox there is nothing but its applets, as on a small router or in a small container.
struct ScriptHost {
    let folder: TemporaryFolder
    var root: String
    /// Applets that this host has not; with any, all shells get busybox's for their tools.
    var lacking: Set<String> = []

    init() throws {
        folder = try TemporaryFolder()
        root = folder.path + "/root"
    }

    /// Programs that stand before the host's own.
    var programs: String { folder.path + "/bin" }

    /// Puts a script before the host's programs.
    func addProgram(_ name: String, _ code: String) throws {
        // Written by another process: a child that this one forks meanwhile would hold the file open for writing until
        // its own exec, and nobody can run it then (ETXTBSY).
        try folder.write("#!/bin/sh\n" + code, to: "source/" + name)
        try Program.run(["install", "-D", "-m", "755", "\(folder.path)/source/\(name)", "\(programs)/\(name)"])
    }

    /// Code of an rm that can't remove what a pattern names, and removes everything else.
    static func rm(keeping pattern: String) throws -> String {
        """
        for path; do
            case $path in -*) ;; \(pattern)) false ;; *) \(try Program.path("rm")) -rf "$path" ;; esac || status=1
        done
        exit ${status:-0}

        """
    }

    private func path(for shell: HostShell) throws -> String {
        guard shell == .busybox || !lacking.isEmpty else { return "\(programs):/usr/bin:/bin" }
        let (busybox, tools) = (try Program.path("busybox"), folder.path + "/applets")
        guard !FileManager.default.fileExists(atPath: tools) else { return "\(programs):\(tools)" }
        // Made under another name: several scripts may start at once.
        let made = "\(tools).\(Nonce().text)"
        try FileManager.default.createDirectory(atPath: made, withIntermediateDirectories: true)
        for applet in try Program.text([busybox, "--list"]).split(separator: "\n").map(String.init)
        where !lacking.contains(applet) {
            try FileManager.default.createSymbolicLink(atPath: "\(made)/\(applet)", withDestinationPath: busybox)
        }
        rename(made, tools)
        return "\(programs):\(tools)"
    }

    /// The line names /bin/sh, so it is replaced in it.
    func shell(_ shell: HostShell) throws -> RemoteShell {
        try remoteShell(shell)
    }

    private func remoteShell(_ shell: HostShell, as user: [String] = []) throws -> RemoteShell {
        let connection = ReplacingShell(
            environment: try environment(for: shell), home: folder.path,
            shell: (user + [try program(of: shell)]).joined(separator: " "))
        return RemoteShell(connection) { connection }
    }

    func environment(for shell: HostShell) throws -> [String: String] {
        ["HOME": folder.path, "PATH": try path(for: shell)]
    }

    func program(of shell: HostShell) throws -> String {
        ([try Program.path(shell.words[0])] + shell.words.dropFirst()).joined(separator: " ")
    }

    /// A host whose user is not root, whoever runs the test.
    func shellOfAUser(_ shell: HostShell) throws -> RemoteShell {
        guard getuid() == 0 else { return try self.shell(shell) }
        try Program.run(["chown", "-R", "65534:65534", folder.path])
        let user = [try Program.path("setpriv"), "--reuid=65534", "--regid=65534", "--clear-groups"]
        return try remoteShell(shell, as: user)
    }

    func run(
        _ script: Script, _ words: [String], in shell: HostShell, input: CommandLine.Input = .none
    ) async throws -> RemoteResult {
        try await self.shell(shell).run(
            script, words.map { ShellWord($0) }, input: input, deadline: .after(.seconds(30)))
    }

    /// A small package, with a wrong digest if one is given.
    func archive(file text: String = "hello\n", sum: String? = nil) throws -> String {
        try folder.write(text, to: "package/greeting")
        try folder.write("{}\n", to: "package/.fleet-manifest.json")
        let digest = try sum ?? String(Program.text(["sha256sum", folder.path + "/package/greeting"]).prefix(64))
        try folder.write("\(digest)  greeting\n", to: "package/.fleet-sums")
        let path = folder.path + "/package.tgz"
        // As fleet's own archives have it: a file that is newer than the manifest was touched.
        try Program.run(["tar", "--mtime=@0", "-czf", path, "-C", folder.path + "/package", "."])
        return path
    }

    func install(_ version: String, in shell: HostShell, sum: String? = nil) async throws -> RemoteResult {
        try await run(
            .install, [root, "demo", version, "demo@\(version)", "gzip", "", "install", "me", "assemble"], in: shell,
            input: .file(try archive(sum: sum))
        )
    }

    /// Runs shell code as a job.
    func start(
        _ id: String, _ code: String, method: String = "native", timeout: String = "k", in shell: HostShell
    ) async throws -> RemoteResult {
        try await run(
            .start, startWords(id, code, method: method, timeout: timeout), in: shell, input: Self.job)
    }

    static let job = FleetBase.CommandLine.Input.bytes(Array("{\"n\":1}\n".utf8))

    /// What `start.sh` takes to run shell code.
    func startWords(
        _ id: String, _ code: String, method: String = "native", limit: Int = 60, timeout: String = "k",
        with: String = "", forgetting: String = ""
    ) -> [String] {
        [root, id, "\(limit)", timeout, method, "demo", "1", "", "0", with, forgetting, "sh", "-c", code]
    }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: root + "/" + name) }
}

/// This machine with another shell in the place of /bin/sh.
private struct ReplacingShell: Connection {
    let environment: [String: String]
    let home: String
    let shell: String

    func run(_ command: CommandLine, deadline: Deadline) async throws(Failure) -> Completion {
        let transport = LocalTransport(environment: environment, directory: home)
        guard let host = try? HostName("local") else { preconditionFailure("a plain name") }
        let connection = try await transport.connect(
            to: Destination(host: host, address: "localhost"), deadline: deadline)
        let text = command.text.replacing("/bin/sh", with: shell)
        return try await connection.run(
            CommandLine(text, input: command.input, isBehind: command.isBehind, output: command.output),
            deadline: deadline)
    }

    func close() async {}
}
