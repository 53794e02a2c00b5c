import FleetBase
import Glibc

extension AnsibleInventory {
    private enum Section { case hosts, variables, children }

    /// Reads the INI form.
    init(ini text: String, file: String) throws(ConfigError) {
        self.init()
        var group = "ungrouped"
        var section = Section.hosts
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let mark = SourceMark(line: index + 1, column: 1, offset: 0)
            let place = SourcePlace(file: file, mark: mark)
            let line = line.trimmed
            if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") { continue }
            if line.hasPrefix("[") {
                (group, section) = try Self.header(line, at: place)
                change(group) { _ in }
            } else {
                try add(Self.code(line), to: group, section, at: place)
            }
        }
    }

    private mutating func add(
        _ line: String, to group: String, _ section: Section, at place: SourcePlace
    ) throws(ConfigError) {
        switch section {
        case .children:
            guard Identifier.isValid(line) else {
                throw ConfigError(.syntax, at: place, Message("\"\(line)\" is not a group"))
            }
            addChild(line, to: group)
        case .variables:
            let (key, value) = try Self.assignment(line, at: place)
            addVariables([key: value], to: group)
        case .hosts: try addHosts(line, to: group, at: place)
        }
    }

    private mutating func addHosts(_ line: String, to group: String, at place: SourcePlace) throws(ConfigError) {
        let words = try ConfigError.at(place) { () throws(ValueError) in try CommandWords.split(line) }.map(\.text)
        guard let first = words.first else { return }
        let (pattern, port) = Self.hostAndPort(first)
        guard let names = AnsibleRange.expand(pattern) else {
            throw ConfigError(.syntax, at: place, Message("\"\(first)\" is not a range of hosts such as web[01:03]"))
        }
        guard names.allSatisfy(Self.isHost), port.map({ Int($0) != nil }) ?? true else {
            throw ConfigError(
                .syntax, at: place, Message("\"\(first)\" is not a host"),
                hint: Message("say what the file is with --kind: it was read as an Ansible inventory"))
        }
        var assignments = port.map { [("ansible_port", $0)] } ?? []
        for word in words.dropFirst().reversed() { assignments.insert(try Self.assignment(word, at: place), at: 0) }
        let variables = Dictionary(assignments) { first, _ in first }
        for name in names { addHost(name, variables, to: group) }
    }

    private static func header(_ line: String, at place: SourcePlace) throws(ConfigError) -> (String, Section) {
        let parts = line.dropFirst().prefix { $0 != "]" }.split(separator: ":")
        let sections: [Substring: Section] = ["vars": .variables, "children": .children, "hosts": .hosts]
        guard let name = parts.first, parts.count <= 2, line.contains("]"),
            let section = parts.count == 1 ? .hosts : sections[parts[1]]
        else { throw ConfigError(.syntax, at: place, Message("\(line) is not the head of a section")) }
        return (String(name), section)
    }

    /// Without a comment at the end of the line.
    private static func code(_ line: String) -> String {
        line.firstRange(of: " #").map { line[..<$0.lowerBound].trimmed } ?? line
    }

    private static func assignment(
        _ text: String, at place: SourcePlace
    ) throws(ConfigError) -> (key: String, value: String) {
        guard let equals = text.firstIndex(of: "="), Identifier.isValid(text[..<equals].trimmed) else {
            throw ConfigError(
                .syntax, at: place, Message("\"\(text)\" is not a variable such as ansible_host=192.0.2.5"))
        }
        let value = text[text.index(after: equals)...].trimmed
        let quote = value.first.flatMap { "\"'".contains($0) && value.count > 1 && value.last == $0 ? $0 : nil }
        return (text[..<equals].trimmed, quote == nil ? value : String(value.dropFirst().dropLast()))
    }

    /// A name that DNS could know (RFC 1123, with the underscore that people use), or an address.
    private static func isHost(_ name: String) -> Bool {
        let isName = name.utf8.count <= 253 && name.split(separator: ".").allSatisfy { Identifier.isValid(String($0)) }
        if isName, let first = name.first { return first != "." }
        // A link-local address ends in its interface: fe80::1%eth0.
        let address = name.prefix { $0 != "%" }
        var bytes = in6_addr()
        return inet_pton(AF_INET6, String(address), &bytes) == 1
    }

    /// `web:2222`; neither the colon of a range, `web[1:3]`, nor those of an IPv6 address are a port's.
    private static func hostAndPort(_ text: String) -> (host: String, port: String?) {
        guard let colon = text.lastIndex(of: ":"), !text[colon...].contains("]") else { return (text, nil) }
        let host = String(text[..<colon])
        guard host.contains("[") || !host.contains(":") else { return (text, nil) }
        return (host, String(text[colon...].dropFirst()))
    }
}

extension StringProtocol {
    /// Without white space at either end.
    var trimmed: String {
        guard let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(self[...last].drop(while: \.isWhitespace))
    }
}
