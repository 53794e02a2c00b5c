import FleetBase
import FleetEvents
import FleetLedger
import FleetReport
import FleetService
import FleetViews

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
        if progress.reused > 0 { parts.append(words(Message("\(progress.reused) taken from earlier runs"))) }
        if progress.running > 0 { parts.append(words(Message("\(progress.running) running"))) }
        if progress.failed > 0 { parts.append(words(Message("\(progress.failed) failed"))) }
        let (waiting, moment) = waiting(standing)
        var content = [Markup(text: (parts + waiting).joined(separator: " · "))] + moment
        if let end = standing.end() {
            content += [Markup(text: " · " + words(Message("should end at")) + " "), words.clock(end)]
        }
        if let duration = standing.run.duration { content.append(Markup(text: " · " + duration.shown)) }
        return Markup("p", ["class": "numbers"], content)
    }

    /// Why tasks wait, and when the queue said so: one of another process tells of new reasons alone.
    private func waiting(_ standing: RunStanding) -> (parts: [String], moment: [Markup]) {
        guard standing.run.state == .running, standing.waiting > 0 else { return ([], []) }
        let number = words(Message("\(standing.waiting) waiting"))
        let reasons = standing.reasons
        guard let told = standing.queue, !reasons.isEmpty else { return ([number], []) }
        let moment = [Markup(text: " ("), words.age(told.time), Markup(text: ")")]
        let counted = reasons.compactMap { reason, count in count.map { "\($0) \(words(reason))" } }
        guard counted.isEmpty else { return (counted, moment) }
        return (["\(number): \(reasons.map { words($0.reason) }.joined(separator: ", "))"], moment)
    }

    func cancel(_ run: RunID) -> Markup {
        Operate(operation: ["operation": .string(CancelRunOperation.name), "run": .string(run.text)]).button(
            words(Message("Cancel")), confirming: words(Message("End the run \(run) in good order?")),
            asked: words(Message("The server was asked to end the run \(run).")))
    }
}

/// A button that starts an operation.
struct Operate {
    let operation: JSONValue

    /// - Parameter asked: what is said when the server has taken it, where the page stays.
    func button(_ text: String, confirming question: String? = nil, asked: String? = nil) -> Markup {
        Markup(
            "button",
            [
                "type": "button", "data-operation": try? JSONText.encode(operation), "data-question": question,
                "data-asked": asked,
            ], text)
    }
}
