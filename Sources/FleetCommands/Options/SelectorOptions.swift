import FleetArguments
import FleetBase
import FleetConfig

/// Which hosts a command is for.
struct SelectorOptions: ParsableArguments {
    @Option(
        name: .long("hosts"), valueName: "A,B",
        help: Message("these hosts: names, patterns such as worker-*, tag:NAME"), completion: .values("hosts"))
    var hosts: [String]

    @Option(
        name: .long("group"), valueName: "GROUP", help: Message("the hosts of this group"),
        completion: .values("groups"))
    var groups: [String]

    @Flag(name: .long("all"), help: Message("all hosts")) var all

    func validate() throws(ArgumentError) {
        guard all, !hosts.isEmpty || !groups.isEmpty else { return }
        throw ArgumentError(.invalid, Message("give either --all, or --hosts and --group"))
    }

    /// Refuses names beside --all, for a command that takes hosts as its arguments, too.
    func check(names: [String]) throws(ArgumentError) {
        guard all, !names.isEmpty else { return }
        throw ArgumentError(.invalid, Message("give either names or --all"))
    }

    /// With names that were given as arguments.
    func selector(with names: [String]) -> HostSelector? {
        names.isEmpty ? selector : HostSelector(hosts: names + hosts, groups: groups)
    }

    /// Nil when nothing was selected.
    var selector: HostSelector? {
        if all { return .all }
        return hosts.isEmpty && groups.isEmpty ? nil : HostSelector(hosts: hosts, groups: groups)
    }
}
