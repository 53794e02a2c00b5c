import FleetBase
import FleetLedger
import FleetRuns
import FleetService

/// What an earlier run was given, to fill in the form that starts the same once more. The address names the run alone: what
/// stands in an address is kept in histories and logs.
struct RunAgain: Sendable {
    /// The package that it ran, alone or as a sweep; nil for tasks of tasks.yaml.
    let package: String?
    let hosts: Set<String>
    /// Texts by the names of parameters, several values with commas between.
    let parameters: [String: String]
    private let run: RunID

    init(_ record: RunRecord) {
        run = record.run.id
        let parameters = Self.parameters(of: record.tasks)
        package = record.run.package ?? Self.sweptPackage(record, parameters)
        self.parameters = parameters.mapValues { $0.joined(separator: ",") }
        // A run that names no hosts had those that its attempts had.
        hosts = Set(record.run.hosts.isEmpty ? record.attempts.map(\.host.text) : record.run.hosts)
    }

    /// The address of the form.
    var place: String { (package == nil ? "/start/tasks" : "/start/run") + AddressWord.query([("run", run.text)]) }

    /// The values of each parameter, in the order of the tasks.
    private static func parameters(of tasks: [LedgerTask]) -> [String: [String]] {
        var values: [String: [String]] = [:]
        for case .object(let members) in tasks.map(\.parameters) {
            for (name, value) in members {
                guard let text = value.plain, values[name]?.contains(text) != true else { continue }
                values[name, default: []].append(text)
            }
        }
        return values
    }

    /// The package of a sweep that a form has started: its tasks are all combinations of their values.
    private static func sweptPackage(_ record: RunRecord, _ parameters: [String: [String]]) -> String? {
        let names = Set(record.tasks.map(QueuePlan.packageName(of:)))
        guard record.run.command.hasPrefix(OperationForm.prefix), names.count == 1, let name = names.first ?? nil,
            record.tasks.allSatisfy({ $0.name == name || $0.name.hasPrefix("\(name)[") }),
            parameters.values.reduce(1, { $0 * $1.count }) == record.tasks.count
        else { return nil }
        return name
    }
}
