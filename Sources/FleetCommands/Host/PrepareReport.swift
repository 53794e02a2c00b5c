import FleetBase
import FleetHosts
import FleetTerminal

/// What is to be done on each host, and what came of it.
struct PrepareReport {
    private let planned: [HostOutcome<PreparePlan>]
    let plans: [HostName: PreparePlan]
    /// Of the hosts on which something was done.
    var results: [HostOutcome<Facts>] = []

    init(_ planned: [HostOutcome<PreparePlan>]) {
        self.planned = planned
        plans = Dictionary(planned.compactMap { one in one.value.map { (one.host, $0) } }) { first, _ in first }
    }

    /// In the order of the hosts; nil where nothing failed.
    var failures: [Failure?] { planned.map { failure(on: $0) } }

    private func failure(on planned: HostOutcome<PreparePlan>) -> Failure? {
        planned.failure ?? results.first { $0.host == planned.host }?.failure
    }

    /// Hosts with the same commands are named together.
    func showPlans(on console: Console) {
        for (host, plan) in planned.compactMap({ one in one.value.map { (one.host, $0) } }) where !plan.present.isEmpty
        {
            let names = Self.names(plan.present)
            console.note(Message("\(host) has it already: \(names)"))
        }
        var order: [[String]] = []
        var hosts: [[String]: [String]] = [:]
        for one in planned {
            guard let lines = one.value?.lines, !lines.isEmpty else { continue }
            if hosts[lines] == nil { order.append(lines) }
            hosts[lines, default: []].append(one.host.text)
        }
        for lines in order {
            console.result(hosts[lines, default: []].joined(separator: ",") + ":")
            for line in lines { console.result("  " + line) }
        }
    }

    func showResults(on console: Console) {
        for result in results where result.value != nil {
            let (host, names) = (result.host, Self.names(plans[result.host]?.missing ?? []))
            console.note(Message("\(host) has it now: \(names)"))
        }
        console.failures(planned.compactMap { one in failure(on: one).map { (one.host, $0) } })
    }

    func json(_ console: Console) -> JSONValue {
        .object([
            "hosts": .array(
                planned.map { one in
                    let isDone = results.contains { $0.host == one.host && $0.value != nil }
                    let (plan, failure) = (one.value, failure(on: one))
                    return .object([
                        "host": .string(one.host.text), "commands": JSONValue(plan?.lines ?? []),
                        "present": JSONValue((plan?.present ?? []).map(\.rawValue)),
                        "installed": JSONValue(isDone ? (plan?.missing ?? []).map(\.rawValue) : []),
                        "failure": JSONValue(failure, console),
                    ])
                })
        ])
    }

    private static func names(_ supplies: [Supply]) -> String { supplies.map(\.rawValue).joined(separator: ", ") }
}
