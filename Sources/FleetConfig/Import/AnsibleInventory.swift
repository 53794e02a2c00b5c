/// An Ansible inventory: groups with hosts, variables and child groups, from either of its two forms.
struct AnsibleInventory {
    struct Group {
        var hosts: [String] = []
        var variables: [String: String] = [:]
        var children: [String] = []
    }

    /// Every host once, in the order of the file.
    private(set) var hosts: [String] = []
    private var hostVariables: [String: [String: String]] = [:]
    private(set) var groupNames: [String] = []
    private var groups: [String: Group] = [:]

    init() {}

    mutating func addHost(_ name: String, _ variables: [String: String], to group: String) {
        if hostVariables[name] == nil { hosts.append(name) }
        hostVariables[name, default: [:]].merge(variables) { _, new in new }
        change(group) { $0.hosts.append(name) }
    }

    mutating func addVariables(_ variables: [String: String], to group: String) {
        change(group) { $0.variables.merge(variables) { _, new in new } }
    }

    mutating func addChild(_ child: String, to group: String) {
        change(group) { $0.children.append(child) }
        change(child) { _ in }
    }

    mutating func change(_ group: String, _ body: (inout Group) -> Void) {
        if groups[group] == nil { groupNames.append(group) }
        body(&groups[group, default: Group()])
    }

    /// The groups of a host, the nearest first, without `all` and `ungrouped`.
    func memberships(of host: String) -> [String] {
        var found = groupNames.filter { groups[$0]?.hosts.contains(host) == true }
        var next = 0
        // A group that is its own descendant is found once, so the walk ends.
        while next < found.count {
            let parents = groupNames.filter { groups[$0]?.children.contains(found[next]) == true }
            found += parents.filter { !found.contains($0) }
            next += 1
        }
        return found.filter { $0 != "all" && $0 != "ungrouped" }
    }

    /// A host's variables: its own, then those of its groups, the nearest first, then those of `all`.
    func variables(of host: String) -> [String: String] {
        (memberships(of: host) + ["all"]).reduce(hostVariables[host] ?? [:]) { variables, group in
            variables.merging(groups[group]?.variables ?? [:]) { near, _ in near }
        }
    }
}
