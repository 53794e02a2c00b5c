import FleetBase
import FleetService
import FleetTerminal

/// What is to be done on each host, and what came of it.
struct PrepareReport {
    private let result: HostPrepareOperation.Result

    init(_ result: HostPrepareOperation.Result) { self.result = result }

    /// Shows what each host lacks; those with the same commands are named together.
    static func show(_ plans: HostPrepareOperation.Plans, on console: Console) {
        for plan in plans {
            guard let present = plan.value?.present, !present.isEmpty else { continue }
            let (host, names) = (plan.host, present.map(\.rawValue).joined(separator: ", "))
            console.note(Message("\(host) has it already: \(names)"))
        }
        var order: [[String]] = []
        var hosts: [[String]: [String]] = [:]
        for plan in plans {
            guard let lines = plan.value?.lines, !lines.isEmpty else { continue }
            if hosts[lines] == nil { order.append(lines) }
            hosts[lines, default: []].append(plan.host.text)
        }
        for lines in order {
            console.result(hosts[lines, default: []].joined(separator: ",") + ":")
            for line in lines { console.result("  " + line) }
        }
    }

    func print(to console: Console) {
        for plan in result.plans where result.outcomes.contains(where: { $0.host == plan.host && $0.failure == nil }) {
            let (host, names) = (plan.host, (plan.value?.missing ?? []).map(\.rawValue).joined(separator: ", "))
            console.note(Message("\(host) has it now: \(names)"))
        }
        console.failures(
            zip(result.plans, result.failures).compactMap { plan, failure in failure.map { (plan.host, $0) } })
    }
}
