import FleetBase
import FleetConfig
import FleetTesting
import Foundation
import Testing
@testable import FleetHosts
@testable import FleetReleases
@testable import FleetRuns

/// A project with one package whose image stands on a root file system of busybox, and its hosts' real engines.
struct ImageFixture {
    let room: EngineRoom
    let project: EngineFixture
    /// In every image's name, since the suite's tests share their engines.
    let name = "demo\(UInt32.random(in: 0...UInt32.max))"

    /// - Parameter environment: of the host's shell, beside that of the engines.
    init(
        methods: String = "docker, podman, native", more: String = "", environment: [String: String] = [:]
    ) throws {
        room = try #require(EngineRoom.current)
        project = try EngineFixture(
            files: [
                "\(name)/package.yaml": """
                name: \(name)
                version: 1.0.0
                parameters:
                  do: { type: string, default: greet }
                  mark: { type: string, default: \(name) }
                engines:
                  sh: { methods: [\(methods)], run: ./worker.sh }
                image: { from: rootfs, env: { COLOUR: blue }\(more) }
                """,
                "\(name)/worker.sh": Self.worker,
            ], environment: room.environment.merging(environment) { $1 })
        let root = "\(folder.path)/packages/\(name)/rootfs"
        try Program.run(["mkdir", "-p", root + "/bin", root + "/tmp"])
        try Self.copyBusybox(to: root)
        // A base of its own: the other tests' is in the engines.
        try folder.write(name, to: "packages/\(name)/rootfs/name")
        for tool in ["sh", "cat", "id", "ls", "echo", "sleep", "env"] {
            try FileManager.default.createSymbolicLink(atPath: "\(root)/bin/\(tool)", withDestinationPath: "busybox")
        }
        try Program.run(["chmod", "755", "\(folder.path)/packages/\(name)/worker.sh"])
    }

    /// With the libraries that it needs, where it is not static.
    private static func copyBusybox(to root: String) throws {
        let busybox = try Program.path("busybox")
        try Program.run(["cp", busybox, root + "/bin/busybox"])
        let libraries = (try? Program.text(["ldd", busybox])) ?? ""
        for word in libraries.split(whereSeparator: \.isWhitespace) where word.hasPrefix("/") {
            try Program.run(["install", "-D", "-m", "755", String(word), "\(root)\(word)"])
        }
    }

    private static let worker = """
        #!/bin/sh
        case $2 in
        greet) echo hello; echo aside >&2; echo '{"greetings": 1}' >out/metrics.json ;;
        fail) echo broken >&2; exit 9 ;;
        work) i=0; while [ $i -lt 600000 ]; do i=$((i + 1)); done; sleep 1 ;;
        hang) trap '' TERM; : >out/begun; while :; do sleep 1; done ;;
        look)
            cat >out/job.json; pwd >out/pwd; ls >out/ls; env >out/env; id -u >out/user; ls /sys/class/net >out/network
            cd /sys/fs/cgroup
            if [ -f cgroup.controllers ]; then
                cat memory.max >/job/out/memory
                read quota period <cpu.max && echo "$quota" >/job/out/quota
            else
                cat memory/memory.limit_in_bytes >/job/out/memory
                cat cpu/cpu.cfs_quota_us >/job/out/quota
            fi
            ;;
        esac

        """

    /// Among the arguments of the package's workers and of nobody else.
    var mark: String { "--mark \(name)" }
    var folder: TemporaryFolder { project.folder }
    var host: FleetConfig.Host { project.hosts[0] }

    func build() async throws -> BuiltPackage { try await project.builder.build(name) }
    func image() async throws -> BuiltImage { try await #require(try await build().images.first).built() }

    /// Another payload, which differs by so many bytes that no compression makes smaller.
    func change(by count: Int = 20_000) throws {
        let noise = try Program.run(["head", "-c", "\(count)", "/dev/urandom"])
        try Data(noise).write(to: URL(fileURLWithPath: "\(folder.path)/packages/\(name)/data"))
    }

    func push(_ change: (inout PushOptions) -> Void = { _ in }) async throws -> HostOutcome<PushOutcome> {
        var options = PushOptions()
        change(&options)
        return try #require(await project.fleet.push(try await build(), to: project.hosts, options).first)
    }

    func pushed() async throws -> (PushOutcome, ImageOutcome) {
        let outcome = try await push()
        #expect(outcome.failure == nil)
        let value = try #require(outcome.value)
        return (value, try #require(value.image))
    }

    func request(_ task: String, by method: FleetConfig.Method?) async throws -> RunRequest {
        let package = try await build()
        var request = RunRequest(package: package, parameters: try package.file.bind(["do": task]))
        request.method = method
        return request
    }

    func run(
        _ task: String, by method: FleetConfig.Method?, _ change: (inout RunRequest) -> Void = { _ in }
    ) async throws -> TaskOutcome {
        var request = try await request(task, by: method)
        change(&request)
        let fleet = project.fleet
        return try #require(
            try await fleet.run(request, on: project.hosts, ledger: try project.ledger(), live: { _ in { _, _ in } })
                .outcomes.first)
    }

    func result(_ outcome: TaskOutcome, _ file: String) throws -> String {
        let text = try String(contentsOfFile: "\(try #require(outcome.results))/\(file)", encoding: .utf8)
        return text.trimmingCharacters(in: .newlines)
    }
}
