package import FleetBase
package import FleetLedger

/// What a report tells of one run: each attempt with what it was given and what it found.
package struct ReportData: Sendable {
    /// A success, or the last try of a task without one.
    struct Outcome: Sendable {
        let task: LedgerTask
        let attempt: Attempt
        /// What was swept over, as texts.
        let settings: [String: String]
        /// Numbers alone.
        let metrics: [String: Double]
    }

    package let run: Run
    package let tasks: [LedgerTask]
    package let attempts: [Attempt]
    /// Until when what has not ended goes on; until the last time that is known when nil.
    private let until: Timestamp?
    let outcomes: [Outcome]
    /// Names of parameters that differ between tasks, sorted.
    let swept: [String]
    /// Names of metrics that are numbers, sorted.
    let metrics: [String]

    package init(_ run: Run, tasks: [LedgerTask], attempts: [Attempt], until: Timestamp? = nil) {
        (self.run, self.tasks, self.attempts, self.until) = (run, tasks, attempts, until)
        let texts = tasks.map { Self.texts($0.parameters) }
        let names = Set(texts.flatMap(\.keys))
        swept = names.filter { name in Set(texts.map { $0[name] }).count > 1 }.sorted()
        let byTask = Dictionary(grouping: attempts, by: \.task)
        let swept = swept
        outcomes = zip(tasks, texts).compactMap { task, texts in
            let own = byTask[task.id] ?? []
            guard let attempt = own.first(where: { $0.state == .done }) ?? own.last else { return nil }
            return Outcome(
                task: task, attempt: attempt, settings: texts.filter { swept.contains($0.key) },
                metrics: attempt.state == .done ? Self.numbers(attempt) : [:])
        }
        metrics = Set(outcomes.flatMap(\.metrics.keys)).sorted()
    }

    func isDone(_ task: String) -> Bool { outcomes.contains { $0.task.id == task && $0.attempt.state == .done } }
    var done: Int { outcomes.filter { $0.attempt.state == .done }.count }
    var hosts: [HostName] { Set(attempts.map(\.host)).sorted { $0.text < $1.text } }

    /// From the first start to the last end.
    var span: ClosedRange<Double>? {
        let times = attempts.flatMap { [$0.started, $0.ended].compactMap(\.self) }.map(\.seconds)
        guard let first = times.min(), let last = times.max() else { return nil }
        return first...Swift.max(last, until?.seconds ?? last, first + 0.001)
    }

    private static func texts(_ parameters: JSONValue) -> [String: String] {
        guard case .object(let members) = parameters else { return [:] }
        return members.mapValues { value in
            switch value {
            case .string(let text): text
            case .integer(let number): "\(number)"
            case .number(let number): "\(number)"
            case .bool(let bool): "\(bool)"
            case .null, .array, .object: ""
            }
        }
    }

    private static func numbers(_ attempt: Attempt) -> [String: Double] {
        var numbers: [String: Double] = [:]
        if case .object(let members)? = attempt.metrics {
            numbers = members.compactMapValues { $0.double.flatMap(Double.init(drawable:)) }
        }
        return numbers
    }
}

extension Double {
    /// Nil for what no chart can show, and whose square is no number.
    init?(drawable number: Double) {
        guard abs(number) < 1e150 else { return nil }
        self = number
    }

    init?(drawable text: String) {
        guard let number = Double(text) else { return nil }
        self.init(drawable: number)
    }
}

extension JSONValue {
    var double: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .number(let number): number
        case .null, .bool, .string, .array, .object: nil
        }
    }
}

extension Timestamp {
    var seconds: Double { Double(milliseconds) / 1000 }
}
