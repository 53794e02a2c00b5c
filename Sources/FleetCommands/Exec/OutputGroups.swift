import FleetBase
import FleetHosts
import FleetTerminal

/// Hosts that answered alike, together: the many once, and those that differ apart.
struct OutputGroups {
    private struct Answer: Hashable {
        let output: SpooledStream
        let error: SpooledStream
    }

    let groups: [(hosts: [HostName], output: SpooledStream, error: SpooledStream)]

    init(_ results: [ExecResult]) {
        var order: [Answer] = []
        var hosts: [Answer: [HostName]] = [:]
        for result in results {
            let answer = Answer(output: result.answer?.output ?? .empty, error: result.answer?.error ?? .empty)
            guard answer != Answer(output: .empty, error: .empty) else { continue }
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
            console.output(group.output)
            console.hostError(group.error)
        }
    }
}
