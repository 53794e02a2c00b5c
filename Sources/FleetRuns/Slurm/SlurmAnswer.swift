import FleetBase
import FleetHosts

/// What `Scripts/slurm-poll.sh` tells.
struct SlurmAnswer: Sendable {
    /// Why it does not run yet; nil when it does.
    private(set) var queued: [SlurmJob: String?] = [:]
    /// With their nodes.
    private(set) var begun: [SlurmJob: String] = [:]
    private(set) var ended: [SlurmJob: String] = [:]

    init(_ result: RemoteResult) {
        for (key, value) in result.values {
            let words = value.split(separator: " ", maxSplits: 3).map(String.init)
            switch key {
            case "queued" where words.count >= 3:
                guard let job = SlurmJob(array: words[0], index: words[1]) else { continue }
                let reason = words.last.map { HostText($0).line(atMost: SlurmEnding.longestWord) }
                queued[job] = .some(words[2] == "PD" ? reason : nil)
            case "begun": if let (job, node) = Self.place(words) { begun[job] = node }
            case "ended": if let (job, node) = Self.place(words) { ended[job] = node }
            default: break
            }
        }
    }

    private static func place(_ words: [String]) -> (SlurmJob, node: String)? {
        guard let job = words.first.flatMap({ SlurmJob($0) }) else { return nil }
        return (job, words.count > 1 ? HostText(words[1]).line(atMost: SlurmEnding.longestWord) : "")
    }
}

/// How Slurm ended a job that left no trailer: what `Scripts/slurm-why.sh` tells.
struct SlurmEnding: Sendable, Hashable {
    /// As Slurm calls it: squeue(1), "JOB STATE CODES".
    let state: String
    let node: String
    /// What the job said before it had a folder.
    let said: String?

    /// Names of nodes and states, in characters.
    static let longestWord = 200

    static func list(_ result: RemoteResult) -> [SlurmJob: SlurmEnding] {
        var endings: [SlurmJob: SlurmEnding] = [:]
        for (key, value) in result.values {
            let words = value.split(separator: " ", maxSplits: key == "said" ? 1 : 2).map {
                HostText(String($0)).line(atMost: longestWord)
            }
            guard words.count >= 2, let job = SlurmJob(words[0]) else { continue }
            switch key {
            case "why": endings[job] = SlurmEnding(state: words[1], node: words.count > 2 ? words[2] : "", said: nil)
            case "said":
                guard let known = endings[job] else { continue }
                endings[job] = SlurmEnding(state: known.state, node: known.node, said: words[1])
            default: break
            }
        }
        return endings
    }

    /// Whether another try may do better, whatever the task says of retries.
    var isOfTheNode: Bool { failure.kind == .lost && state != "CANCELLED" }

    var failure: Failure {
        let node = node.isEmpty ? "–" : node
        switch state {
        case "TIMEOUT":
            return Failure(
                .timeOut, Message("Slurm stopped it at its time limit"), hint: Message("give it a longer timeout:"))
        case "OUT_OF_MEMORY":
            return Failure(
                .exit, Message("Slurm ended it on \(node): out of memory"),
                hint: Message("say how much it takes: needs: { memory: … }"))
        case "CANCELLED": return Failure(.lost, Message("somebody cancelled it in Slurm"))
        default:
            if let said { return Failure(.start, Message("the job did not start: \(said)")) }
            return Failure(.lost, Message("Slurm lost it on \(node): \(state)"))
        }
    }
}
