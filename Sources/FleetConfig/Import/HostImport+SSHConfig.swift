import FleetBase

extension HostImport {
    /// - Parameter file: the path as notes name it.
    init(_ config: SSHConfigFile, file: String) {
        self.init()
        for fault in config.faults {
            let (line, reason) = (fault.line, fault.reason.message)
            notes.append(Message("\(file):\(line): left out: \(reason)"))
        }
        for line in config.directives where SSHKeyword.judge(line) == .unknown {
            let (number, reason) = (line.line, SSHKeyword.objection(to: line.keyword))
            notes.append(Message("\(file):\(number): left out: \(reason)"))
        }
        for name in config.names { add(name, config) }
        for keyword in ["match", "proxycommand", "include"] {
            notes += config.directives.filter { $0.keyword == keyword }.compactMap { $0.note(in: file) }
        }
    }

    private mutating func add(_ name: String, _ config: SSHConfigFile) {
        var host = HostDraft(name: self.name(for: name))
        let address = config.value("hostname", for: name)?.replacing("%h", with: name) ?? name
        host.address = address == host.name.text ? nil : address
        host.user = config.value("user", for: name)
        host.key = key(config.value("identityfile", for: name), of: host.name)
        let jump = config.value("proxyjump", for: name)
        host.jump = jump == "none" ? nil : jump
        if let port = config.value("port", for: name) { host.port = self.port(port, of: host.name) }
        hosts.append(host)
    }

    private mutating func key(_ path: String?, of host: HostName) -> String? {
        guard let path, path.contains("%") else { return path }
        notes.append(Message("\(host): the key \(path) is left out: ssh's tokens are not filled in here"))
        return nil
    }
}

extension SSHConfigFile {
    /// Names without a wildcard, in the order of the file.
    fileprivate var names: [String] {
        directives.filter { $0.keyword == "host" }.flatMap(\.arguments).reduce(into: []) { names, name in
            if !name.contains(where: { "*?!".contains($0) }), !names.contains(name) { names.append(name) }
        }
    }

    /// The first value found, as ssh takes it.
    fileprivate func value(_ keyword: String, for name: String) -> String? {
        directives.first { $0.keyword == keyword && $0.block.holds(for: name) }?.value
    }
}

extension SSHConfigFile.Directive {
    /// A note of a line that the import leaves out; nil for a line that it takes, and inside a block that it leaves out.
    fileprivate func note(in file: String) -> Message? {
        guard !block.patterns.isEmpty else {
            return keyword == "match" ? Message("\(file):\(line): this Match block is left out") : nil
        }
        switch keyword {
        case "proxycommand" where value.lowercased() != "none":
            return Message("\(file):\(line): ProxyCommand is left out: give the host to go through as jump")
        case "include":
            return Message("\(file):\(line): Include is not followed: import those files too")
        default: return nil
        }
    }
}
