import FleetBase

/// The known_hosts file of a project, as fleet itself changes it: lines that others wrote stay as they are.
package struct PinnedKeys: Sendable {
    package private(set) var text: String
    private let file: String

    /// - Parameter file: the path as places name it.
    package init(_ text: String, file: String) {
        self.text = text
        self.file = file
    }

    /// The keys that are pinned for a host, with the lines they stand on.
    package func keys(for endpoint: SSHEndpoint) -> [(key: HostKey, place: String)] {
        lines.enumerated().compactMap { index, line in
            guard Self.names(line, endpoint.lookupName), let key = Self.key(in: line) else { return nil }
            return (key, "\(file):\(index + 1)")
        }
    }

    package mutating func pin(_ key: HostKey, for endpoint: SSHEndpoint) {
        if !text.isEmpty, !text.hasSuffix("\n") { text += "\n" }
        text += "\(endpoint.lookupName) \(key.line)\n"
    }

    /// Takes out the lines that name the host alone; a line with several names keeps the other ones.
    package mutating func unpin(_ endpoint: SSHEndpoint) {
        let name = endpoint.lookupName
        text = lines.compactMap { line -> String? in
            guard Self.names(line, name) else { return line + "\n" }
            guard let field = Self.fields(line).first, !field.hasPrefix("|") else { return nil }
            let others = field.split(separator: ",").filter { $0.lowercased() != name }
            return others.isEmpty ? nil : others.joined(separator: ",") + line.dropFirst(field.count) + "\n"
        }.joined()
    }

    private var lines: [Substring] {
        let all = text.split(separator: "\n", omittingEmptySubsequences: false)
        return all.last == "" ? all.dropLast() : all
    }

    private static func fields(_ line: Substring) -> [Substring] {
        line.split { $0 == " " || $0 == "\t" || $0 == "\r" }
    }

    /// Lines with a marker and lines with wildcards are a person's own work.
    private static func names(_ line: Substring, _ name: String) -> Bool {
        guard let field = fields(line).first, !field.hasPrefix("@"), !field.hasPrefix("#") else { return false }
        if case .wildcards = HostPattern(field) { return false }
        return HostPattern(field).matches(name)
    }

    private static func key(in line: Substring) -> HostKey? {
        let fields = fields(line)
        guard fields.count >= 3, let blob = Base64.decode(fields[2]) else { return nil }
        return HostKey(blob: blob)
    }
}
