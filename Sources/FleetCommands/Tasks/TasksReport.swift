import FleetBase
import FleetConfig
import FleetRuns
import FleetTerminal

/// What came of many tasks, as the table shows it.
struct TasksReport {
    /// More tasks are shown by their definition alone.
    private static let shownTasks = 40
    private static let shownNames = 5

    private let report: QueueReport

    init(_ report: QueueReport) { self.report = report }

    private var rows: [(task: PlannedTask, result: QueueResult)] { Array(zip(report.tasks, report.results)) }

    func show(on console: Console) {
        console.table(rows.count > Self.shownTasks ? summary() : list(console))
        tellNotes(console)
        tellFailures(console)
        let done = rows.count { $0.result.isDone }
        console.note(Message("tasks done: \(done) of \(rows.count)"))
        let folders = rows.compactMap { $0.result.outcome?.results }
        // Those of what an earlier run has done are elsewhere.
        let own = folders.first { $0.contains("/\(report.run.text)/") } ?? folders.first
        if let folder = own?.split(separator: "/").dropLast() {
            console.note(Message("results are in /\(folder.joined(separator: "/"))"))
        }
    }

    /// Tells by task which results are missing, and the notes on the others.
    private func tellNotes(_ console: Console) {
        for (task, result) in rows.prefix(Self.shownTasks) {
            guard let outcome = result.outcome, !result.wasDone else { continue }
            for note in outcome.missingNotes + outcome.notes {
                console.warning(Message("\(task.record.name): \(note)"))
            }
        }
    }

    /// Each reason once, with the tasks that it holds for.
    private func tellFailures(_ console: Console) {
        var order: [Failure] = []
        var names: [Failure: [String]] = [:]
        for (task, result) in rows where !result.isDone {
            guard let failure = result.failure else { continue }
            if names[failure] == nil { order.append(failure) }
            names[failure, default: []].append(task.record.name)
        }
        for failure in order where failure.kind != .cancelled || !report.wasCancelled {
            let tasks = Self.list(names[failure] ?? [])
            let more = tasks.count - Self.shownNames
            var list = tasks.prefix(Self.shownNames).joined(separator: ", ")
            if more > 0 { list = console.text(Message("\(list) and \(more) more")) }
            let (kind, reason) = (console.text(failure.kind.words), console.text(failure.message))
            console.error(Message("\(list): \(kind): \(reason)"), hint: failure.hint)
        }
        guard rows.contains(where: { !$0.result.isDone }) else { return }
        let run = report.run.text
        console.note(
            report.wasCancelled
                ? Message("go on with: fleet runs resume \(run)")
                : again)
    }

    /// How the failed tasks are run again. Tasks of another command than `fleet tasks run` do not stand in tasks.yaml.
    private var again: Message {
        guard let command = report.firstCommand, !command.hasPrefix("fleet tasks "), command.hasPrefix("fleet ") else {
            return Message("to run only the failed tasks again: fleet tasks run")
        }
        return Message("to run it again: \(command)")
    }

    /// Copies of a task, and tasks of one name on several hosts, are counted: `hello ×3`.
    private static func list(_ names: [String]) -> [String] {
        var order: [String] = []
        var counts: [String: Int] = [:]
        for name in names {
            if counts[name] == nil { order.append(name) }
            counts[name, default: 0] += 1
        }
        return order.map { name in counts[name, default: 1] > 1 ? "\(name) ×\(counts[name, default: 1])" : name }
    }

    private func list(_ console: Console) -> Table {
        var table = Table(
            [
                (Message("TASK"), .left), (Message("HOST"), .left), (Message("METHOD"), .left),
                (Message("STATE"), .left),
                (Message("TRIES"), .right), (Message("TIME"), .right), (Message("METRICS"), .left),
            ], thrift: Table.Thrift(cutting: [6], dropping: [2, 4, 6, 5], cuttingInFront: [0]))
        for (task, result) in rows {
            let outcome = result.outcome
            table.add([
                .init(task.record.name), .init(outcome?.host.text ?? "–"),
                .init(outcome?.method?.rawValue ?? "–"),
                outcome?.state.shown(console) ?? .init(console.text(Message("not tried")), .dim),
                .init(result.wasDone ? "–" : "\(result.attempts)"), .init(outcome?.duration?.shown ?? "–"),
                .init(outcome?.metrics?.cell ?? "–"),
            ])
        }
        return table
    }

    /// A row for each definition.
    private func summary() -> Table {
        var table = Table(
            [
                (Message("TASK"), .left), (Message("TASKS"), .right), (Message("DONE"), .right),
                (Message("TRIES"), .right), (Message("TIME"), .right),
            ], thrift: Table.Thrift(dropping: [3, 4]))
        var order: [String] = []
        var groups: [String: [QueueResult]] = [:]
        for (task, result) in rows {
            let name = String(task.record.name.prefix { $0 != "[" && $0 != "#" })
            if groups[name] == nil { order.append(name) }
            groups[name, default: []].append(result)
        }
        for name in order {
            let results = groups[name] ?? []
            let time = results.reduce(Duration.zero) { $0 + ($1.outcome?.duration ?? .zero) }
            table.add([
                .init(name), .init("\(results.count)"), .init("\(results.count(where: \.isDone))"),
                .init("\(results.reduce(0) { $0 + $1.attempts })"), .init(time.shown),
            ])
        }
        return table
    }
}
