import FleetBase

extension HostImport {
    /// Takes what says how to connect; everything else is named in one note.
    init(_ inventory: AnsibleInventory) {
        self.init()
        var unused: Set<String> = []
        for host in inventory.hosts {
            var variables = AnsibleVariables(inventory.variables(of: host))
            add(host, &variables, groups: inventory.memberships(of: host))
            unused.formUnion(variables.unused)
        }
        guard !unused.isEmpty else { return }
        let names = unused.sorted().joined(separator: ", ")
        notes.append(Message("variables left out: \(names)"))
    }

    private mutating func add(_ name: String, _ variables: inout AnsibleVariables, groups: [String]) {
        var host = HostDraft(name: self.name(for: name))
        let address = variables.take("ansible_host", "ansible_ssh_host") ?? name
        host.address = address == host.name.text ? nil : address
        host.user = variables.take("ansible_user", "ansible_ssh_user")
        host.key = variables.take("ansible_ssh_private_key_file", "ansible_private_key_file")
        host.groups = groups
        if let port = variables.take("ansible_port", "ansible_ssh_port") { host.port = self.port(port, of: host.name) }
        if variables.take("ansible_connection") == "local" {
            host.transport = .local
            host.address = host.name.text == "localhost" ? nil : "localhost"
        }
        hosts.append(host)
    }
}

/// The variables of one host, crossed off as they are used.
private struct AnsibleVariables {
    private var values: [String: String]

    init(_ values: [String: String]) { self.values = values }

    var unused: some Sequence<String> { values.keys }

    /// A value that is a template stays unused: only Ansible could fill it.
    mutating func take(_ names: String...) -> String? {
        let name = names.first { values[$0].map { !$0.isEmpty && !$0.contains("{{") } == true }
        return name.flatMap { values.removeValue(forKey: $0) }
    }
}
