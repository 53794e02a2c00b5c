import FleetBase
import FleetLedger

/// A run as rows for other programs: one for each attempt, with a column for each parameter and each metric.
package struct ReportTable: Sendable {
    package let columns: [String]
    package let rows: [[String]]

    package init(_ data: ReportData) {
        let parameters = Self.names(data.tasks.map(\.parameters))
        let metrics = Self.names(data.attempts.compactMap(\.metrics))
        columns =
            ["task", "name", "attempt", "host", "engine", "method", "state", "exit", "started", "ended", "seconds"]
            + parameters.map { "parameter.\($0)" } + metrics.map { "metric.\($0)" } + ["result_digest", "failure"]
        let tasks = Dictionary(uniqueKeysWithValues: data.tasks.map { ($0.id, $0) })
        rows = data.attempts.map { attempt in
            let task = tasks[attempt.task]
            var seconds = ""
            if let start = attempt.started, let end = attempt.ended { seconds = "\(end.seconds - start.seconds)" }
            let fixed: [String] = [
                task.map { "\($0.position)" } ?? "", task?.name ?? "", "\(attempt.number)", attempt.host.text,
                attempt.engine ?? "", attempt.method ?? "", attempt.state.rawValue,
                attempt.exit.map(String.init) ?? "", attempt.started?.description ?? "",
                attempt.ended?.description ?? "", seconds,
            ]
            let given = parameters.map { Self.text(task?.parameters[$0]) }
            let found = metrics.map { Self.text(attempt.metrics?[$0]) }
            let end = [attempt.resultDigest?.hex ?? "", attempt.failure?.kind.rawValue ?? ""]
            return fixed + given + found + end
        }
    }

    /// As RFC 4180 has it.
    package var csv: String {
        ([columns] + rows).map { $0.map(Self.quoted).joined(separator: ",") + "\r\n" }.joined()
    }

    private static func names(_ objects: [JSONValue]) -> [String] {
        var names: Set<String> = []
        for case .object(let members) in objects { names.formUnion(members.keys) }
        return names.sorted()
    }

    private static func text(_ value: JSONValue?) -> String {
        switch value {
        case .string(let text): text
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        case .bool(let bool): "\(bool)"
        case .array, .object: (try? JSONText.encode(value)) ?? ""
        case .null, nil: ""
        }
    }

    private static func quoted(_ cell: String) -> String {
        guard cell.contains(where: { ",\"\r\n".contains($0) || $0.isNewline }) else { return cell }
        return "\"\(cell.replacing("\"", with: "\"\""))\""
    }
}
