package import FleetBase

/// What an import found, and what it left out and why.
package struct HostImport: Sendable, Hashable {
    package internal(set) var hosts: [HostDraft] = []
    package internal(set) var notes: [Message] = []
    /// The names that were given.
    private var taken: Set<HostName> = []
    /// The number that the next host of a name gets.
    private var numbers: [String: Int] = [:]

    /// Reads the hosts of another tool's file.
    ///
    /// - Parameters:
    ///   - file: the path as errors name it; it helps to tell the kind, too.
    ///   - kind: nil finds it out.
    package init(parsing text: String, file: String, kind: ImportKind? = nil) throws(ConfigError) {
        switch kind ?? ImportKind(of: text, file: file) {
        case .workers: try self.init(workers: Self.json(text, file: file))
        case .ansibleYAML: self.init(try AnsibleInventory(yaml: YAMLNode(parsing: text, file: file)))
        case .ansibleINI: self.init(try AnsibleInventory(ini: text, file: file))
        case .sshConfig: self.init(SSHConfigFile(text), file: file)
        }
        guard !hosts.isEmpty else {
            let kinds = ImportKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw ConfigError(
                .missing, Message("\(file): no hosts were found"),
                hint: Message("say what the file is with --kind, one of: \(kinds)"))
        }
        noteSharedAddresses()
    }

    package init(file: String, shownAs name: String? = nil, kind: ImportKind? = nil) throws(ConfigError) {
        try self.init(parsing: String(decoding: TextFile.read(file), as: UTF8.self), file: name ?? file, kind: kind)
    }

    init() {}

    /// JSON is read as the YAML that it is, which keeps the order and the places; its errors still speak of JSON.
    private static func json(_ text: String, file: String) throws(ConfigError) -> YAMLNode {
        do {
            return try YAMLNode(parsing: text, file: file)
        } catch {
            guard error.code == .syntax, let place = error.place else { throw error }
            throw ConfigError(.syntax, at: place, Message("not valid JSON"))
        }
    }

    private mutating func noteSharedAddresses() {
        var owners: [String: HostName] = [:]
        for host in hosts where host.transport == .ssh && host.jump == nil {
            let address = host.address ?? host.name.text
            let endpoint = "\(address) \(host.port ?? .ssh)"
            if let owner = owners[endpoint] {
                notes.append(Message("\(host.name) has the same address as \(owner): \(address)"))
            } else {
                owners[endpoint] = host.name
            }
        }
    }

    /// A name made of what the file calls a host; one that is taken or not allowed gets a note.
    mutating func name(for text: String) -> HostName {
        let allowed = text.map { Identifier.isValid("x\($0)") ? $0 : "-" }.drop { $0 == "-" || $0 == "." }
        let base = allowed.isEmpty ? "host" : String(allowed.prefix(60))
        let free = freeName(base)
        taken.insert(free)
        if free.text != text { notes.append(Message("\"\(text)\" is called \(free) here")) }
        return free
    }

    /// Goes on counting where the last host of the same name stopped: a range may make thousands of them.
    private mutating func freeName(_ base: String) -> HostName {
        if let name = try? HostName(base), !taken.contains(name) { return name }
        for number in (numbers[base] ?? 2)...(taken.count + 2) {
            // The number counts for the name's length, too.
            let ending = "-\(number)"
            guard let name = try? HostName(base.prefix(Identifier.longest - ending.count) + ending),
                !taken.contains(name)
            else {
                continue
            }
            numbers[base] = number + 1
            return name
        }
        preconditionFailure("there are more numbers than names")
    }

    mutating func port(_ text: String, of host: HostName) -> Port? {
        do {
            return try Port(text)
        } catch {
            notes.append(Message("\(host): \(error.message)"))
            return nil
        }
    }
}

/// The files that hosts can be imported from.
package enum ImportKind: String, Sendable, CaseIterable, Codable {
    /// The JSON lists of workers and slaves of the systems before fleet.
    case workers
    case ansibleINI = "ansible-ini"
    case ansibleYAML = "ansible-yaml"
    case sshConfig = "ssh-config"

    /// Goes by the name, then by the first line that says something.
    package init(of text: String, file: String) {
        let lines = text.split(whereSeparator: \.isNewline).map(\.trimmed)
            .filter { !$0.isEmpty && !$0.hasPrefix("#") && !$0.hasPrefix(";") && $0 != "---" }
        let first = lines.first ?? ""
        // A section of an INI file starts with a bracket, too.
        let isList = first == "[" || ["[{", "[\"", "[ ", "[]"].contains { first.hasPrefix($0) }
        if file.hasSuffix(".json") || first.hasPrefix("{") || isList {
            self = .workers
        } else if file.hasSuffix(".yml") || file.hasSuffix(".yaml") {
            self = .ansibleYAML
        } else if file.hasSuffix("ssh/config") || lines.contains(where: SSHConfigFile.opensBlock) {
            self = .sshConfig
        } else {
            self = first.hasSuffix(":") ? .ansibleYAML : .ansibleINI
        }
    }
}
