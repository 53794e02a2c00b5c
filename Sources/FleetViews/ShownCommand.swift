import FleetBase

/// A command in a line of a list: what a request has asked for comes as JSON, of which its package says enough.
package struct ShownCommand {
    package let text: String

    private static let ofRequest = "api: "

    package init(_ command: String) {
        guard command.hasPrefix(Self.ofRequest) else {
            text = HostText(command).line(atMost: 120)
            return
        }
        let words = command.dropFirst(Self.ofRequest.count)
        let name = words.prefix { $0 != "{" }
        let options = try? JSONText.decode(JSONValue.self, from: words.dropFirst(name.count).utf8)
        let package = options?["package"]?.string ?? Self.list(options?["packages"])
        text = HostText("\(name)\(package)").line(atMost: 120).trimmed
    }

    private static func list(_ value: JSONValue?) -> String {
        guard case .array(let values)? = value else { return value?.string ?? "" }
        return values.compactMap(\.string).joined(separator: " ")
    }
}

extension String {
    fileprivate var trimmed: String { hasSuffix(" ") ? String(dropLast()) : self }
}
