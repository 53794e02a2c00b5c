package import FleetBase
import Foundation

/// A real dropbear for one test, on a loopback address of its own, on a machine that has busybox's programs alone.
package final class DropbearServer: Sendable {
    package let address: String
    package let port: FleetBase.Port
    package let hostKey: String
    private let folder: TemporaryFolder
    private let log = ServerLog()
    private let process: Int32

    /// It takes a mount namespace.
    package static var isPossible: Bool {
        SSHServer.Account.isPossible && (try? Program.path("dropbear")) != nil && (try? Program.path("busybox")) != nil
    }

    package init(authorized: [SSHKeyPair]) throws {
        folder = try TemporaryFolder()
        address = "127.\(Int.random(in: 2...250)).\(Int.random(in: 0...250)).\(Int.random(in: 2...250))"
        port = try FleetBase.Port("\(Int.random(in: 20000...32000))")
        let key = folder.path + "/host_key"
        try Program.run(["dropbearkey", "-t", "ed25519", "-f", key])
        hostKey =
            try Program.text(["dropbearkey", "-y", "-f", key]).split(separator: "\n")
            .first { $0.hasPrefix("ssh-") }.map { $0.split(separator: " ").prefix(2).joined(separator: " ") } ?? ""
        try folder.write(try authorized.map { try $0.publicLine }.joined(), to: "home/.ssh/authorized_keys")
        let applets = try Self.applets(in: folder)
        let apart = try SSHServer.Account().prepare(in: folder, programs: applets)
        try Program.run(["chown", "-R", "4242:4242", folder.path + "/home"])
        try Program.run(["chmod", "-R", "go=", folder.path + "/home"])
        guard let ends = Descriptor.pipe() else { throw Program.Failed(description: "no pipe") }
        let words = [
            try Program.path("dropbear"), "-F", "-E", "-r", key, "-p", "\(address):\(port)", "-P", key + ".pid",
        ]
        let process = ChildProcess.spawn(apart + words, quiet: true, descriptors: [STDERR_FILENO: ends.write])
        close(ends.write)
        guard let process, log.follow(ends.read, until: "Not backgrounding") else {
            throw Program.Failed(description: "no dropbear starts: \(log.text)")
        }
        self.process = process
    }

    deinit {
        let family = Processes.descendants(of: process)
        kill(process, SIGKILL)
        for member in family { kill(member, SIGKILL) }
        _ = ChildProcess.wait(process)
    }

    /// What dropbear has logged so far.
    package var messages: String { log.text }

    private static func applets(in folder: TemporaryFolder) throws -> String {
        let (busybox, applets) = (try Program.path("busybox"), folder.path + "/applets")
        try FileManager.default.createDirectory(atPath: applets, withIntermediateDirectories: true)
        try Program.run(["cp", busybox, applets + "/busybox"])
        for applet in try Program.text([busybox, "--list"]).split(separator: "\n") where applet != "busybox" {
            symlink("busybox", "\(applets)/\(applet)")
        }
        return applets
    }
}
