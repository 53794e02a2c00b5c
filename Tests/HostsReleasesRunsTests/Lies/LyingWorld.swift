import FleetBase
import FleetConfig
import FleetLedger
import FleetPackage
import FleetTesting
import Foundation
@testable import FleetHosts
@testable import FleetReleases
@testable import FleetRuns

/// A project among other people's files, and hosts that lie to it.
struct LyingWorld: Sendable {
    enum Operation: CaseIterable, Sendable {
        case probe, push, run, jobs, discard, verify, prune, rollBack, versions, schedules, collect, prepare
    }

    private static let bait = Array("bait that nobody may have".utf8)
    private static let hosts = 16

    let transport: LyingHosts
    private let folder: TemporaryFolder
    private let fleet: Fleet
    private let package: BuiltPackage
    private let ledger: Ledger

    init(seed: UInt64) async throws {
        let folder = try TemporaryFolder()
        self.folder = folder
        for name in ["secret/backup.tar.gz", "project/../secret/a.tar.zst"] {
            try folder.write(String(decoding: Self.bait, as: UTF8.self), to: name)
        }
        let lines = (1...Self.hosts).map { "  h\($0): { address: 192.0.2.\($0) }\n" }
        try folder.write("hosts:\n" + lines.joined(), to: "project/inventory/hosts.yaml")
        for (name, text) in EngineFixture.hello { try folder.write(text, to: "project/packages/\(name)") }
        let project = Project(folder: folder.path + "/project")
        let builder = PackageBuilder(project, environment: [:])
        let base = try await builder.build("hello")
        try folder.write(
            "echo another\n" + (EngineFixture.hello["hello/hello.sh"] ?? ""), to: "project/packages/hello/hello.sh")
        package = try await builder.build("hello")
        // As a master that has not got the old release: it asks for the manifest.
        Disk.remove(base.archive)
        transport = LyingHosts(
            seed: seed, version: package.version, base: base.version, master: try MasterID(of: project).text,
            manifest: base.manifest.canonicalBytes,
            results: try Self.results(in: folder), secrets: .init(bait: Self.bait, folder: project.workFolder))
        fleet = Fleet(project: project, inventory: try project.inventory(home: folder.path), ssh: transport)
        ledger = try Ledger(path: project.ledgerFile)
    }

    private static func results(in folder: TemporaryFolder) throws -> [UInt8] {
        for name in ["out/file", "out/metrics.json", "stdout", "stderr"] {
            try folder.write("{\"a\":1}", to: "results/\(name)")
        }
        let bytes = try Program.run(["tar", "-cf", "-", "-C", folder.path + "/results", "out", "stdout", "stderr"])
        Disk.remove(folder.path + "/results")
        return bytes
    }

    /// All that lies beside the project, with its size and when it changed.
    func outside() throws -> [String] {
        let files = FileManager.default
        return try files.subpathsOfDirectory(atPath: folder.path).filter { !$0.hasPrefix("project") }.map { path in
            let attributes = try files.attributesOfItem(atPath: folder.path + "/" + path)
            return "\(path) \(attributes[.size] ?? 0) \(attributes[.modificationDate] ?? 0)"
        }.sorted()
    }

    // MARK: Operations

    /// Does something on all hosts.
    ///
    /// - Returns: everything that would be said of it.
    func perform(_ operation: Operation) async -> [Message] {
        let hosts = fleet.inventory.hosts
        switch operation {
        case .probe: return said(await fleet.probe(hosts))
        case .push:
            let outcomes = await fleet.push(package, to: hosts)
            return said(outcomes) + outcomes.flatMap { ($0.value?.notes ?? []) + ($0.value?.details ?? []) }
        case .run: return await run(on: hosts)
        case .jobs: return said(await fleet.jobs(on: hosts))
        case .discard:
            let names = ["20261126-105633-a8fa.1.1", "20261126-105633-a8fa.2.1"]
            let outcomes = await fleet.discard(
                Dictionary(uniqueKeysWithValues: hosts.map { ($0.name, names) }), on: hosts)
            return said(outcomes) + outcomes.compactMap { $0.value?.failure?.message }
        case .verify:
            let outcomes = await fleet.verify([], on: hosts, repairs: true)
            return said(outcomes) + outcomes.flatMap { $0.value?.problems.values.map(\.message) ?? [] }
        case .prune: return said(await fleet.prune([], keep: 1, on: hosts, dryRun: false))
        case .rollBack: return said(await fleet.rollBack("hello", to: nil, on: hosts))
        case .versions: return said(await fleet.currentVersions(of: "hello", on: hosts))
        case .schedules: return said(await fleet.schedules(on: hosts))
        case .collect: return said(await fleet.collectSchedules(on: hosts, ledger: ledger))
        case .prepare: return said(await fleet.planPreparing(hosts, with: Supply.allCases))
        }
    }

    private func said<Value>(_ outcomes: [HostOutcome<Value>]) -> [Message] {
        outcomes.compactMap(\.failure).flatMap { [$0.message, $0.hint].compactMap(\.self) }
    }

    private func run(on hosts: [FleetConfig.Host]) async -> [Message] {
        let run = Run(command: "lies", hosts: hosts.map(\.name.text))
        var request = RunRequest(package: package, parameters: [])
        request.timeout = .seconds(5)
        let key = package.manifest.digest
        let tasks = hosts.indices.map { LedgerTask(run: run.id, position: $0 + 1, name: "hello", key: key) }
        guard (try? await ledger.begin(run, tasks: tasks)) != nil else { return [] }
        let byHost = Dictionary(uniqueKeysWithValues: zip(hosts.map(\.name), tasks))
        let outcomes = await fleet.onEach(of: hosts) { [request] host throws(Failure) in
            guard let task = byHost[host.name] else { preconditionFailure("every host has its task") }
            let link = HostLink(fleet, host)
            var attempt = TaskAttempt(
                fleet: fleet, link: link, request: request, run: run.id, task: task, ledger: ledger,
                proofs: .success(.none), folder: TaskSpec.folder(of: task, in: fleet.project))
            attempt.patience = .zero
            let outcome = await attempt.perform()
            return outcome
        }.compactMap(\.value)
        _ = try? await ledger.attempts(of: run.id)
        Disk.remove("\(fleet.project.workFolder)/results/\(run.id)")
        return outcomes.flatMap { $0.notes + [$0.failure?.message, $0.failure?.hint, $0.reason].compactMap(\.self) }
    }

    // MARK: What has no operation here

    /// What clusters and old records say, without a connection.
    func parse(_ lies: inout Lies) {
        let honest = [
            "queued=fleet-20261126-105633-a8fa.1.0 3 PD Resources", "begun=3.1 node", "ended=4.1 node",
            "why=3.1 FAILED n",
        ]
        let output = lies.answer(honest, keys: ["queued", "begun", "ended", "why", "said"])
        let result = RemoteResult(
            output: output, error: output, isCut: false, ending: .status(0), bytesSent: 0, duration: .zero,
            greeting: Greeting(text: "", delay: .zero), news: [])
        _ = SlurmAnswer(result)
        for (_, ending) in SlurmEnding.list(result) { _ = ending.failure.message.text(in: .english) }
        let words = (0..<9).map { _ in lies.word() }.joined(separator: " ")
        if let trailer = JobTrailer(words) {
            _ = trailer.outputSize + trailer.errorSize
            _ = try? JSONText.encode(trailer.resources(node: words))
        }
        _ = HostInstall.notes(in: result.errorText).map { $0.text(in: .spanish) }
        _ = JobName(lies.word())
        transport.count()
    }
}
