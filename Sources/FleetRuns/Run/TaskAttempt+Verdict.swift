import FleetBase
import FleetConfig
import FleetHosts
import FleetLedger
import FleetPackage
import FleetReleases

/// What a job's end means.
extension TaskAttempt {
    func judge(_ trailer: JobTrailer, _ outcome: inout TaskOutcome) {
        outcome.exit = trailer.status
        outcome.state = trailer.status == 0 ? .done : .failed
        let results = folder
        // The host's clock ticks a hundred times a second.
        let wasLong = (outcome.duration ?? .zero) + .milliseconds(20) >= request.timeout
        if let problem = engineProblem(outcome) {
            let (name, reason) = (problem.engine.rawValue, problem.reason)
            outcome.engineProblem = problem
            outcome.failure = Failure(
                .exit, Message("\(name) could not start the container: \(reason)"),
                hint: Message("find out why: fleet doctor \(host.name)"))
            return
        }
        guard trailer.status == 0 || !trailer.isDiskFull else {
            let status = trailer.status
            outcome.failure = Failure(
                .noSpace, Message("no space was left on the host when the worker ended with status \(status)"),
                hint: .makeRoom(on: host.name))
            return
        }
        switch trailer.status {
        case 0 where trailer.isDiskFull:
            outcome.notes.append(Message("no space was left on the host when the worker ended"))
        case 0: break
        // timeout(1) of coreutils ends with 124, or 137 after a KILL; busybox leaves the TERM that it sent.
        case 124 where wasLong, 137 where wasLong, 143 where wasLong:
            outcome.failure = Failure(
                .timeOut, Message("the worker was stopped at its time limit"),
                hint: Message("give it longer with --timeout"))
        case let status where trailer.signal != nil:
            let signal = status - 128
            outcome.failure = Failure(.signal, Message("the worker was killed by signal \(signal)"))
        default:
            outcome.failure = Failure(
                .exit, Message("the worker ended with status \(trailer.status)"),
                hint: Message("what it said is in \(results)/stderr"))
        }
    }

    /// Why the engine could not start the container; nil when it was the worker that failed.
    private func engineProblem(_ outcome: TaskOutcome) -> EngineProblem? {
        guard let method = outcome.method, method.isContainer, let status = outcome.exit, let results = outcome.results,
            let reason = Self.engineReason(in: Disk.text(results + "/stderr") ?? "", status: status)
        else { return nil }
        return EngineProblem(engine: method, reason: reason)
    }

    /// docker-run(1) and podman-run(1): 125 when it was not the command, 126 and 127 when that can't be started, with
    /// which a worker may end too.
    ///
    /// - Parameter text: what came on standard error.
    static func engineReason(in text: String, status: Int32) -> String? {
        guard (125...127).contains(status) else { return nil }
        let lines = text.split(separator: "\n")
        let said = lines.last { $0.hasPrefix("docker: ") || $0.hasPrefix("Error: ") }
        guard said != nil || status == 125 else { return nil }
        return String(said ?? lines.last ?? "–")
    }

    /// A success whose results are not whole is none, unless the task allows it.
    func judgeMissing(_ attempt: Attempt, _ outcome: inout TaskOutcome) {
        guard outcome.state == .done, !outcome.missing.isEmpty, !request.allowsIncomplete else { return }
        let setting = RefusedEntry.Reason.allCases.first { reason in
            reason.setting != nil && outcome.missing.contains { $0.code == reason.rawValue }
        }
        outcome.state = .failed
        if let setting, let key = setting.setting {
            outcome.failure = Failure(limit: setting.message, setting: key, keptAt: place(of: attempt))
        } else {
            outcome.failure = Failure(
                incomplete: outcome.missing, count: outcome.missingCount, keptAt: place(of: attempt))
        }
    }

    /// Metrics that are not as declared are told, and kept as they are: the results are there all the same.
    func readMetrics(_ path: String, _ outcome: inout TaskOutcome) {
        let members: [String: JSONValue]
        do throws(MetricsFile.Problem) {
            guard let file = try MetricsFile(path) else { return }
            members = file.members
            outcome.notes += file.notes
        } catch {
            outcome.notes.append(error.message)
            return
        }
        outcome.metrics = .object(members)
        for metric in request.package?.file.metrics ?? [] {
            guard let member = members[metric.name], !metric.kind.fits(member) else { continue }
            let (name, kind) = (metric.name, metric.kind.rawValue)
            outcome.notes.append(Message("the metric \(name) is declared as \(kind), which it is not"))
        }
    }
}

extension Metric.Kind {
    /// Whether a worker's value is of the declared kind; a whole number is also a float.
    fileprivate func fits(_ value: JSONValue) -> Bool {
        switch (self, value) {
        case (.int, .integer), (.float, .integer), (.float, .number), (.string, .string), (.bool, .bool): true
        default: false
        }
    }
}
