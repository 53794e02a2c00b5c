import FleetBase

/// Hosts that answered alike, together: the many once, and those that differ apart.
struct OutputGroups {
    private struct Answer: Hashable {
        let output: [UInt8]
        let error: [UInt8]
    }

    let groups: [(hosts: [HostName], output: [UInt8], error: [UInt8])]

    init(_ results: [ExecResult]) {
        var order: [Answer] = []
        var hosts: [Answer: [HostName]] = [:]
        for result in results {
            let answer = Answer(output: result.answer?.output ?? [], error: result.answer?.error ?? [])
            guard answer != Answer(output: [], error: []) else { continue }
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
            if !group.output.isEmpty { console.output(group.output) }
            if !group.error.isEmpty { console.hostError(group.error) }
        }
    }
}
