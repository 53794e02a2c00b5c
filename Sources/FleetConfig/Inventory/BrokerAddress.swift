package import FleetBase

/// Where an MQTT broker is, and the topic of the events there: `mqtts://ana@broker.example.org:8883/upb/logs`.
package struct BrokerAddress: Sendable, Hashable, CustomStringConvertible {
    package let isSecure: Bool
    package let user: String?
    package let host: String
    package let port: Port
    package let topic: String

    /// File names and other topics are made of it.
    private static let longestTopic = 200
    private static let usualPorts = (plain: "1883", secure: "8883")

    package init(parsing text: String) throws(ConfigError) {
        let scheme = ["mqtt://", "mqtts://"].first { text.hasPrefix($0) }
        guard let scheme else {
            throw Self.refused(Message("the address of a broker begins with mqtt:// or mqtts://"))
        }
        isSecure = scheme == "mqtts://"
        let rest = text.dropFirst(scheme.count)
        let authority = rest.prefix { $0 != "/" }
        let at = authority.lastIndex(of: "@")
        let login = at.map { authority[..<$0] }
        // Never shown: what stands behind the colon is secret.
        guard login?.contains(":") != true else {
            throw ConfigError(
                .invalidValue, Message("a password has no place in the address of a broker"),
                hint: Message("put it into hosts.yaml: events: [{ mqtt: URL, user: NAME, password: { file: FILE } }]"))
        }
        guard login?.isEmpty != true else {
            throw Self.refused(Message("the user in the address of a broker is empty"))
        }
        user = login.map(String.init)
        (host, port) = try Self.place(
            at.map { authority[authority.index(after: $0)...] } ?? authority, usual: isSecure)
        topic = try Self.topic(String(rest.dropFirst(authority.count + 1)))
    }

    private static func place(_ text: Substring, usual isSecure: Bool) throws(ConfigError) -> (String, Port) {
        var (host, port) = (text, (isSecure ? usualPorts.secure : usualPorts.plain)[...])
        if let colon = text.lastIndex(of: ":"), !text.hasSuffix("]") {
            (host, port) = (text[..<colon], text[text.index(after: colon)...])
        }
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        if isBracketed { host = host.dropFirst().dropLast() }
        let allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_" + (isBracketed ? ":" : "")
        guard !host.isEmpty, !host.hasPrefix("-"), host.allSatisfy(allowed.contains) else {
            throw refused(Message("\"\(host)\" is not a name or an IP address"))
        }
        do { return (String(host), try Port(String(port))) } catch { throw refused(error.message) }
    }

    /// Topics of MQTT 5.0 (section 4.7) that can be written to by anybody and read in one line.
    private static func topic(_ text: String) throws(ConfigError) -> String {
        let levels = text.split(separator: "/", omittingEmptySubsequences: false)
        guard !text.isEmpty else { throw refused(Message("the address of a broker ends with a topic")) }
        guard text.utf8.count <= longestTopic, !text.hasPrefix("$"), levels.allSatisfy({ !$0.isEmpty }),
            text.unicodeScalars.allSatisfy({ $0.isHarmless && !"+#?%\\ ".unicodeScalars.contains($0) })
        else { throw refused(Message("\"\(text)\" is not a topic that events can go to")) }
        return text
    }

    private static func refused(_ problem: Message) -> ConfigError {
        ConfigError(.invalidValue, problem, hint: Message("such as mqtts://broker.example.org/upb/logs"))
    }

    /// Where what is told beside the events goes: the first level of the topic.
    package var area: String { String(topic.prefix { $0 != "/" }) }

    /// Without the user, and with the port where it is not the usual one.
    package var description: String {
        let name = host.contains(":") ? "[\(host)]" : host
        let usual = isSecure ? Self.usualPorts.secure : Self.usualPorts.plain
        return "\(isSecure ? "mqtts" : "mqtt")://\(name)\(port.description == usual ? "" : ":\(port)")/\(topic)"
    }
}
