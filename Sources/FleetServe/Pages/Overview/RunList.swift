import FleetBase
import FleetEvents
import FleetLedger
import FleetReport
import FleetService

/// A run with how far it is and when it should end.
struct RunStanding: Sendable {
    let run: Run
    let isAbandoned: Bool
    let progress: Ledger.Progress
    /// As the queue of this process told it last.
    let queue: Event.QueueState?

    init(_ run: Run, isAbandoned: Bool, _ ledger: Ledger, _ board: QueueBoard) async throws {
        (self.run, self.isAbandoned) = (run, isAbandoned)
        progress = try await ledger.progress(of: run.id)
        queue = run.state == .running ? board[run.id] : nil
    }

    /// The latest runs, the newest first.
    static func latest(_ count: Int, _ service: FleetService, _ board: QueueBoard) async throws -> [RunStanding] {
        guard let ledger = try await service.knownLedger() else { return [] }
        var standings: [RunStanding] = []
        for summary in try await service.ask(RunsQuery(limit: count)) {
            standings.append(try await RunStanding(summary.run, isAbandoned: summary.isAbandoned, ledger, board))
        }
        return standings
    }

    var isRunning: Bool { run.state == .running && !isAbandoned }
    var waiting: Int { max(0, progress.tasks - progress.done - progress.running - progress.failed) }

    /// When it should end, by what its tasks took so far, to the next ten seconds; nil when nobody knows yet.
    func end(at now: Timestamp = .now) -> Timestamp? {
        guard isRunning, let usual = progress.usual, progress.running > 0 else { return nil }
        let left = Double(waiting) + Double(progress.running) / 2
        let end = now.adding(.milliseconds(Int64(min(1e12, left * usual.seconds * 1000 / Double(progress.running)))))
        return Timestamp(milliseconds: (end.milliseconds / 10_000 + 1) * 10_000)
    }
}

/// Runs as cards, each with its bar, its numbers and what can be done with it.
struct RunList {
    let words: PageWords

    func markup(_ standings: [RunStanding]) -> Markup {
        Markup("ul", ["id": "runs", "data-list": "", "class": "runs"], standings.map(card))
    }

    private func card(_ standing: RunStanding) -> Markup {
        let run = standing.run
        let place = "/runs/\(AddressWord.escape(run.id.text))"
        return Markup(
            "li", ["id": "run-\(run.id.text)", "data-live": ""],
            [
                Markup(
                    "div", ["class": "line"],
                    [
                        sign(standing),
                        Markup(
                            "a", ["href": place, "class": "name", "title": HostText(run.command).line(atMost: 400)],
                            ShownCommand(run.command).text), words.age(run.started),
                    ]),
                bar(standing.progress), numbers(standing),
            ] + (standing.isRunning ? [Markup("div", ["class": "line"], [cancel(run.id)])] : []))
    }

    func sign(_ standing: RunStanding) -> Markup {
        if standing.isAbandoned { return StateSign.off.markup(words(Message("abandoned"))) }
        return switch standing.run.state {
        case .running: StateSign.running.markup(words(Message("running")))
        case .done: StateSign.good.markup(words(Message("done")))
        case .failed: StateSign.bad.markup(words(Message("failed")))
        case .cancelled: StateSign.off.markup(words(Message("cancelled")))
        }
    }

    /// Done, running and failed of all: the numbers below say the same.
    func bar(_ progress: Ledger.Progress) -> Markup {
        let all = Double(max(1, progress.tasks))
        var x = 0.0
        var parts = [Markup("rect", ["class": "all", "width": "300", "height": "6"])]
        for (style, count) in [("done", progress.done), ("failed", progress.failed), ("running", progress.running)]
        where count > 0 {
            let width = Double(count) / all * 300
            parts.append(
                Markup("rect", ["class": style, "x": x.pixels, "width": width.pixels, "height": "6"]))
            x += width
        }
        return Markup(
            "svg",
            ["class": "bar-of-tasks", "viewBox": "0 0 300 6", "preserveAspectRatio": "none", "aria-hidden": "true"],
            parts)
    }

    /// How many tasks stand how, why the others wait, and when the run should end.
    func numbers(_ standing: RunStanding) -> Markup {
        let progress = standing.progress
        let (done, tasks) = (progress.done, progress.tasks)
        var parts = [words(Message("\(done) of \(tasks) done"))]
        if progress.running > 0 { parts.append(words(Message("\(progress.running) running"))) }
        if progress.failed > 0 { parts.append(words(Message("\(progress.failed) failed"))) }
        if standing.run.state == .running, standing.waiting > 0 {
            let reasons = (standing.queue?.waiting ?? []).map { "\($0.count) \(words($0.reason))" }
            parts += reasons.isEmpty ? [words(Message("\(standing.waiting) waiting"))] : reasons
        }
        var content = [Markup(text: parts.joined(separator: " · "))]
        if let end = standing.end() {
            content += [Markup(text: " · " + words(Message("should end at")) + " "), words.clock(end)]
        }
        if let duration = standing.run.duration { content.append(Markup(text: " · " + duration.shown)) }
        return Markup("p", ["class": "numbers"], content)
    }

    func cancel(_ run: RunID) -> Markup {
        Operate(operation: ["operation": .string(CancelRunOperation.name), "run": .string(run.text)]).button(
            words(Message("Cancel")), confirming: words(Message("End the run \(run) in good order?")))
    }
}

/// A button that starts an operation.
struct Operate {
    let operation: JSONValue

    func button(_ text: String, confirming question: String? = nil) -> Markup {
        Markup(
            "button",
            ["type": "button", "data-operation": try? JSONText.encode(operation), "data-question": question], text)
    }
}

/// A command in a line of a list: what a request has asked for comes as JSON, of which its package says enough.
struct ShownCommand {
    let text: String

    private static let ofRequest = "api: "

    init(_ command: String) {
        guard command.hasPrefix(Self.ofRequest) else {
            text = HostText(command).line(atMost: 120)
            return
        }
        let words = command.dropFirst(Self.ofRequest.count)
        let name = words.prefix { $0 != "{" }
        let options = try? JSONText.decode(JSONValue.self, from: words.dropFirst(name.count).utf8)
        let package = options?["package"]?.string ?? ""
        text = HostText("\(name)\(package)").line(atMost: 120).trimmed
    }
}

extension String {
    fileprivate var trimmed: String { hasSuffix(" ") ? String(dropLast()) : self }
}
