import FleetBase

/// Hosts that answered alike, together: the many once, and those that differ apart.
struct OutputGroups {
    private struct Answer: Hashable {
        let output: String
        let error: String
    }

    let groups: [(hosts: [HostName], output: String, error: String)]

    init(_ results: [ExecResult]) {
        var order: [Answer] = []
        var hosts: [Answer: [HostName]] = [:]
        for result in results {
            let answer = Answer(output: result.answer?.outputText ?? "", error: result.answer?.errorText ?? "")
            guard answer != Answer(output: "", error: "") else { continue }
            if hosts[answer] == nil { order.append(answer) }
            hosts[answer, default: []].append(result.host)
        }
        // The largest group first; equal ones stay in inventory order.
        groups = order.map { (hosts[$0] ?? [], $0.output, $0.error) }.enumerated()
            .sorted { ($1.element.0.count, $0.offset) < ($0.element.0.count, $1.offset) }.map(\.element)
    }

    func print(to console: Console) {
        for group in groups {
            let names = group.hosts.map(\.text).joined(separator: ",")
            let count = group.hosts.count
            if !console.isQuiet {
                console.result(count == 1 ? Message("--- \(names)") : Message("--- \(count) hosts: \(names)"))
            }
            if !group.output.isEmpty { console.result(group.output.trimmingLineBreak) }
            if !group.error.isEmpty { console.note(Message(verbatim: group.error.trimmingLineBreak)) }
        }
    }
}

extension String {
    /// Without one line break at the end.
    var trimmingLineBreak: String { hasSuffix("\n") ? String(dropLast()) : self }
}
