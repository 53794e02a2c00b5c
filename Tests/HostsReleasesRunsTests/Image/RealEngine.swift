import FleetBase
import FleetConfig
import FleetTesting
import Foundation
import Testing

/// docker or podman on this machine, with nothing of it shared with the machine's own.
enum RealEngine: String, CaseIterable, Sendable {
    case docker, podman

    /// Those that can be had here.
    static let available = allCases.filter(\.isHere)

    var method: FleetConfig.Method { self == .docker ? .docker : .podman }

    private var isHere: Bool {
        let programs = self == .docker ? ["docker", "dockerd", "unshare"] : ["podman", "runc"]
        return getuid() == 0 && (programs + ["busybox"]).allSatisfy { (try? Program.path($0)) != nil }
    }
}

/// The engines of one suite: a dockerd in namespaces of its own, and a store for podman.
final class EngineRoom: Sendable {
    @TaskLocal static var current: EngineRoom?

    let environment: [String: String]
    private let folder: TemporaryFolder
    private let daemon: DockerDaemon?

    init() throws {
        folder = try TemporaryFolder()
        // No suite is run by this machine's own docker.
        var environment = ["DOCKER_HOST": "unix://\(folder.path)/docker/socket"]
        environment.merge(try Self.podman(in: folder)) { $1 }
        self.environment = environment
        daemon = RealEngine.available.contains(.docker) ? try DockerDaemon(folder.path + "/docker") : nil
    }

    /// What docker and podman need on this machine is said here as a host's owner would say it there.
    private static func podman(in folder: TemporaryFolder) throws -> [String: String] {
        let path = folder.path + "/podman"
        try folder.write(
            """
            [containers]
            default_ulimits = ["nofile=1024:4096", "nproc=4096:4096"]
            [engine]
            runtime = "runc"
            lock_type = "file"
            tmp_dir = "\(path)/tmp"
            static_dir = "\(path)/store/libpod"
            volume_path = "\(path)/store/volumes"
            image_copy_tmp_dir = "\(path)"
            """, to: "podman/containers.conf")
        try folder.write(
            "[storage]\ndriver = \"vfs\"\ngraphroot = \"\(path)/store\"\nrunroot = \"\(path)/run\"\n",
            to: "podman/storage.conf")
        return [
            "CONTAINERS_CONF": path + "/containers.conf", "CONTAINERS_STORAGE_CONF": path + "/storage.conf",
        ]
    }

    func stop() { daemon?.stop() }

    /// What an engine says when it is asked directly.
    func ask(_ engine: RealEngine, _ words: String...) throws -> String {
        let output = try Program.run([engine.rawValue] + words, environment: environment)
        return String(decoding: output, as: UTF8.self)
    }

    /// The names of all containers, running or not.
    func containers(_ engine: RealEngine) throws -> [String] {
        try ask(engine, "container", "ls", "-a", "--format", "{{.Names}}").split(separator: "\n").map(String.init)
    }

    /// The id that an engine has under a name, without the kind of its digest.
    func id(_ engine: RealEngine, _ name: String) throws -> String {
        let id = try ask(engine, "image", "inspect", "--format", "{{.Id}}", name).trimmingCharacters(in: .newlines)
        return id.hasPrefix("sha256:") ? String(id.dropFirst(7)) : id
    }
}

/// A dockerd that ends with whoever made it, whatever becomes of that: its first process reads a pipe to the end.
private final class DockerDaemon: Sendable {
    private let process: Int32
    private let lifeline: CInt

    init(_ folder: String) throws {
        let code = """
            mkdir -p "$0" && ip link set lo up
            dockerd --iptables=false --ip6tables=false --bridge=none --data-root "$0/data" --exec-root "$0/exec" \
                --pidfile "$0/pid" -H "unix://$0/socket" >"$0/log" 2>&1 &
            daemon=$!
            cat >/dev/null
            kill $daemon
            wait $daemon
            """
        guard let pipe = Descriptor.pipe() else { throw Program.Failed(description: "no pipe") }
        let process = ChildProcess.spawn(
            ["unshare", "-m", "-n", "-p", "-f", "--kill-child", "--mount-proc", "sh", "-c", code, folder], quiet: true,
            descriptors: [STDIN_FILENO: pipe.read])
        close(pipe.read)
        guard let process else { throw Program.Failed(description: "no unshare") }
        (self.process, lifeline) = (process, pipe.write)
    }

    func stop() {
        close(lifeline)
        _ = ChildProcess.wait(process)
    }

    func waitUntilReady(_ folder: String) async -> Bool {
        await eventually(within: .seconds(30)) {
            (try? Program.run(["docker", "-H", "unix://\(folder)/socket", "version"])) != nil
        }
    }
}

extension EngineRoom {
    fileprivate func waitUntilReady() async throws {
        guard let daemon else { return }
        guard await daemon.waitUntilReady(folder.path + "/docker") else {
            let log = (try? folder.read("docker/log")) ?? ""
            throw Program.Failed(description: "dockerd is not ready: \(log.suffix(2000))")
        }
    }
}

/// Gives a suite its engines, and ends them after it.
struct EngineTrait: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let room = try EngineRoom()
        defer { room.stop() }
        try await room.waitUntilReady()
        try await EngineRoom.$current.withValue(room) { try await function() }
    }
}

extension Trait where Self == EngineTrait {
    static var engines: Self { Self() }
}
