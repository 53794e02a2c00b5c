package import FleetBase
package import FleetConfig
package import FleetHosts

/// What a task needs against what a host is.
package enum HostFit {
    /// Why a host is none for a task; nil when it will do.
    ///
    /// Memory is compared with all that the host has, disk with what is free. What the host did not tell is no objection
    /// where a task asks for nothing of the kind, and one where it does.
    package static func objection(to host: Host, _ facts: Facts, needs: Needs) -> Message? {
        name(host, needs) ?? machine(facts, needs) ?? size(facts, needs)
    }

    /// From the inventory alone.
    package static func name(_ host: Host, _ needs: Needs) -> Message? {
        if !needs.hosts.isEmpty, !HostSelector(hosts: needs.hosts).fits(host) {
            let patterns = needs.hosts.joined(separator: ", ")
            return Message("is not among the hosts \(patterns)")
        }
        let missing = needs.tags.filter { !host.tags.contains($0) }
        guard !missing.isEmpty else { return nil }
        let tags = missing.joined(separator: ", ")
        return missing.count == 1 ? Message("lacks the tag \(tags)") : Message("lacks the tags \(tags)")
    }

    private static func machine(_ facts: Facts, _ needs: Needs) -> Message? {
        let wanted = needs.architectures
        if !wanted.isEmpty, !wanted.map(PackageEngine.machine).contains(PackageEngine.machine(facts.architecture)) {
            let (has, list) = (facts.architecture, wanted.joined(separator: "/"))
            return has.isEmpty
                ? Message("does not tell its architecture, \(list) is needed")
                : Message("is \(has), \(list) is needed")
        }
        if needs.gpu, facts["gpu"] == nil { return Message("has no GPU") }
        guard let method = needs.method, !facts.methods.contains(method) else { return nil }
        return Message("has no \(method.rawValue)")
    }

    private static func size(_ facts: Facts, _ needs: Needs) -> Message? {
        if let memory = needs.memory {
            guard let total = facts.number("memory") else { return Message("does not tell its memory") }
            if total < memory.bytes { return Message("has \(ByteCount(total)) of memory, \(memory) are needed") }
        }
        if let cores = needs.cores {
            guard let count = facts.number("cores") else { return Message("does not tell its cores") }
            if count < cores {
                return count == 1
                    ? Message("has 1 core, \(cores) are needed") : Message("has \(count) cores, \(cores) are needed")
            }
        }
        guard let disk = needs.disk else { return nil }
        guard let free = facts.number("disk_free") else { return Message("does not tell its free disk space") }
        return free < disk.bytes ? Message("has \(ByteCount(free)) of free disk space, \(disk) are needed") : nil
    }
}
