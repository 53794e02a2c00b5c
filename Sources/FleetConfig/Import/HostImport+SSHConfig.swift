import FleetBase

extension HostImport {
    /// - Parameter file: the path as notes name it.
    init(_ config: SSHConfigFile, file: String) {
        self.init()
        for name in config.names { add(name, config) }
        for block in config.blocks where block.patterns == nil {
            notes.append(Message("\(file):\(block.line): this Match block is left out"))
        }
        for line in config.lines(of: "proxycommand") {
            notes.append(Message("\(file):\(line): ProxyCommand is left out: give the host to go through as jump"))
        }
        for line in config.lines(of: "include") {
            notes.append(Message("\(file):\(line): Include is not followed: import those files too"))
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
