import FleetBase
import FleetTesting
import Synchronization
@testable import FleetHosts
@testable import FleetReleases
@testable import FleetRuns

/// Hosts that answer fleet's scripts with lies, in memory; what they are sent is looked at.
final class LyingHosts: Transport {
    struct Secrets: Sendable {
        /// What no host may get.
        let bait: [UInt8]
        /// Everything that is sent lies below this.
        let folder: String
    }

    private struct State {
        var round: UInt64 = 0
        var connections: UInt64 = 0
        var answers = 0
        var breaches: [String] = []
    }

    /// The release that is pushed, and one that it may build upon.
    let (version, base): (String, String)
    /// By which hosts know the schedules of the project.
    let master: String
    let manifest: [UInt8]
    /// A tar of results.
    let results: [UInt8]
    let secrets: Secrets
    private let seed: UInt64
    private let state = Mutex(State())

    init(
        seed: UInt64, version: String, base: String, master: String, manifest: [UInt8], results: [UInt8],
        secrets: Secrets
    ) {
        (self.seed, self.version, self.base, self.manifest) = (seed, version, base, manifest)
        self.master = master
        (self.results, self.secrets) = (results, secrets)
    }

    var answers: Int { state.withLock(\.answers) }
    /// What hosts got that they may not have.
    var breaches: [String] { state.withLock(\.breaches) }

    func beginRound() {
        state.withLock { ($0.round, $0.connections) = ($0.round + 1, 0) }
    }

    func connect(to destination: Destination, deadline: Deadline) async throws(Failure) -> any Connection {
        let number = destination.host.text.utf8.reduce(UInt64(0)) { $0 &* 31 &+ UInt64($1) }
        let round = state.withLock(\.round)
        return LyingConnection(hosts: self, seed: seed &+ round &* 1_000_003 &+ number &* 7919)
    }

    fileprivate func look(at input: CommandLine.Input) {
        let breach: String? =
            switch input {
            case .none: nil
            case .bytes(let bytes): bytes.firstRange(of: secrets.bait) == nil ? nil : "the bait itself"
            case .file(let path):
                path.hasPrefix(secrets.folder + "/") && !path.contains("/../") ? nil : path
            }
        state.withLock { state in
            state.answers += 1
            if let breach { state.breaches.append(breach) }
        }
    }

    /// Answers that were made without a connection.
    func count() { state.withLock { $0.answers += 1 } }
}

private final class LyingConnection: Connection {
    private let hosts: LyingHosts
    private let lies: Mutex<Lies>

    init(hosts: LyingHosts, seed: UInt64) {
        self.hosts = hosts
        lies = Mutex(Lies(seed: seed))
    }

    func close() async {}

    func run(_ command: CommandLine, deadline: Deadline) async throws(Failure) -> Completion {
        hosts.look(at: command.input)
        let answer = lies.withLock { $0.answer(to: command.text, hosts) }
        if let failure = answer.failure { throw failure }
        for (stream, bytes) in [(CommandLine.Stream.output, answer.output), (.error, answer.error)] {
            // In pieces, as packets come.
            var rest = bytes[...]
            while !rest.isEmpty {
                let piece = rest.prefix(30_000)
                rest = rest.dropFirst(30_000)
                if piece.withUnsafeBytes({ command.output(stream, $0) }) == .finished { break }
            }
        }
        return Completion(ending: answer.ending)
    }
}

/// What one command is answered.
private struct LyingAnswer {
    var output: [UInt8] = []
    var error: [UInt8] = []
    var ending = Completion.Ending.status(0)
    var failure: Failure?
}

extension Lies {
    private static let scripts: [(name: String, beginning: String)] = [
        ("probe", Script.probe), ("status", .status), ("install", .install), ("activate", .activate),
        ("arrived", .arrived), ("rollback", .rollback), ("verify", .verify), ("prune", .prune),
        ("manifest", .manifest), ("start", .start), ("attach", .attach), ("collect", .collect), ("discard", .discard),
        ("runs", .runs), ("schedules", .scheduleList), ("needs", .needs), ("images", .imageStatus),
    ].map { ($0, ["exec", "/bin/sh", "-c", ShellWord($1.text)].map { $0 }.commandLine) }

    fileprivate mutating func answer(to line: String, _ hosts: LyingHosts) -> LyingAnswer {
        let name = Self.scripts.first { line.hasPrefix($0.beginning + " fleet ") }
        let words = name.map { line.utf8.dropFirst($0.beginning.utf8.count + " fleet ".utf8.count) }
        let nonce = words.map { String($0.prefix(32)) ?? "" } ?? ""
        var answer = LyingAnswer()
        switch next() % 100 {
        case 0: answer.failure = Failure(.lost, Message("the connection is gone"))
        case 1: answer.ending = .status(Int32(truncatingIfNeeded: next()))
        case 2: answer.ending = .signal(word())
        default: break
        }
        let (output, error) = told(by: name?.name ?? "", nonce, hosts)
        let (end, isAlike) = (trailer(nonce), chance(9, in: 10))
        answer.output = beginning(nonce) + output + (isAlike ? end : trailer(nonce))
        answer.error = beginning(nonce) + error + end
        return answer
    }

    private mutating func told(by script: String, _ nonce: String, _ hosts: LyingHosts) -> ([UInt8], [UInt8]) {
        let (version, base) = (hosts.version, hosts.base)
        switch script {
        case "probe":
            let honest = [
                "arch=x86_64", "os=Debian", "cores=4", "load=0.5", "memory=1000000000", "disk_free=5000000000",
                "python=3.11.2", "venv=yes", "timeout_form=k", "tool=zstd", "package=hello \(base)",
                "current=hello \(base)",
            ]
            return (
                answer(
                    honest, keys: Array(FactKind.all.keys.sorted()) + ["package", "current", "held", "tool", "timeout"]),
                []
            )
        case "status":
            let known = one(of: [version, base, "1.0.0-000000000000"])
            let honest = [
                "current=\(known)", "version=\(known)", "version=\(base)", "tool=zstd", "tool=gzip",
                "free=100000000000",
                "incoming=hello@\(version)",
            ]
            return (answer(honest, keys: ["current", "held", "base", "version", "incoming", "tool", "free"]), [])
        case "verify":
            let honest = [
                "checked=hello \(version) 2", "damaged=hello \(version) hello.sh", "signature=hello \(version) good",
            ]
            return (answer(honest, keys: ["checked", "damaged", "signature"]), [])
        case "prune":
            return (answer(["removed=hello \(base) 12", "used=hello \(version) 9"], keys: ["removed", "used"]), [])
        case "rollback": return (answer(["from=\(version)", "to=\(base)"], keys: ["from", "to"]), [])
        case "manifest": return (spoiled(hosts.manifest), [])
        case "arrived":
            return (answer(["4 ./hello.sh", "\(word()) ./package.yaml"], keys: ["12 ./x", "-1 ./hello.sh"]), [])
        case "collect": return (spoiled(hosts.results), answer(["@tar x"], keys: ["@unreadable", "@tar"]))
        case "start", "attach": return job(nonce)
        case "runs":
            let honest = ["job=20261126-105633-a8fa.1.1 dead 60", "job=20261126-105633-a8fa.2.1 running 0"]
            return (answer(honest, keys: ["job"]), [])
        case "discard":
            return (answer(["gone=20261126-105633-a8fa.1.1", "gone=20261126-105633-a8fa.2.1"], keys: ["gone"]), [])
        case "schedules":
            let honest = [
                "schedule=a@\(hosts.master) yes - 0 * * * *", "job=a 20261126-105633-a8fa.1.1 1700000000 ended",
                "busy=20261126-105633-a8fa",
            ]
            return (answer(honest, keys: ["schedule", "job", "busy"]), [])
        case "needs":
            return (
                answer(["user=me", "rights=root", "manager=apt-get", "lacks=zstd"], keys: ["user", "rights", "has"]), []
            )
        case "images":
            return (
                answer(["arch=x86_64", "engine=docker"], keys: ["arch", "engine", "image", "problem", "tool"]), []
            )
        default: return (bytes(Int(next() % 50)), [])
        }
    }

    private mutating func job(_ nonce: String) -> ([UInt8], [UInt8]) {
        let output = chance(1, in: 2) ? [] : bytes(Int(next() % 40))
        let words = ["0", "\(output.count)", "0", one(of: ["no", "yes"]), "0m0.1s", "0m0.1s", "100.0", "101.0", "100"]
        let told = words.map { chance(9, in: 10) ? $0 : word() }.joined(separator: " ")
        let error = chance(1, in: 10) ? "" : "@fleet \(nonce) job \(told)\n"
        return (output, (chance(1, in: 10) ? bytes(30) : []) + Array(error.utf8))
    }

    /// Honest bytes with some of them changed, cut off, or put in front.
    private mutating func spoiled(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<(next() % 4) where !bytes.isEmpty {
            bytes[Int(next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: next())
        }
        if chance(1, in: 6) { bytes = Array(bytes.prefix(Int(next() % UInt64(bytes.count + 1)))) }
        if chance(1, in: 10) { bytes = self.bytes(30) + bytes }
        if chance(1, in: 10), let text = String(bytes: bytes, encoding: .utf8) {
            bytes = Array(
                text.replacing("\"size\":", with: "\"size\":\(one(of: ["-", "9", "9223372036854775807"]))").utf8)
        }
        return bytes
    }
}
