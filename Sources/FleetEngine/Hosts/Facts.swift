package import FleetBase
package import FleetConfig

/// What a host said of itself: see `Scripts/probe.sh`.
package struct Facts: Sendable, Hashable {
    /// A package as it lies on a host.
    package struct Installed: Sendable, Hashable {
        package var current: String?
        package var versions: [String] = []
        /// A person went back to the current one, and nobody has pushed since.
        package var isHeld = false
    }

    /// Numbers are JSON integers where the text is one: cores, memory, memory_free, disk, disk_free in bytes.
    package private(set) var values: [String: JSONValue] = [:]
    package private(set) var tools: Set<String> = []
    package private(set) var packages: [String: Installed] = [:]
    /// Items that did not answer in time.
    package private(set) var timeouts: [String] = []

    init(_ lines: [(key: String, value: String)]) {
        for (key, value) in lines {
            let words = value.split(separator: " ", maxSplits: 1).map(String.init)
            switch key {
            case "tool": tools.insert(value)
            case "timeout": timeouts.append(value)
            case "package" where words.count == 2: packages[words[0], default: Installed()].versions.append(words[1])
            case "current" where words.count == 2: packages[words[0], default: Installed()].current = words[1]
            case "held" where words.count == 2: packages[words[0], default: Installed()].isHeld = true
            default:
                values[key] =
                    Int64(value).map(JSONValue.integer) ?? Double(value).map(JSONValue.number) ?? .string(value)
            }
        }
    }

    package var architecture: String { self["arch"] ?? "" }

    package subscript(key: String) -> String? { values[key]?.string }

    package func number(_ key: String) -> Int64? {
        guard case .integer(let number) = values[key] else { return nil }
        return number
    }

    /// The load average of the last minute.
    package var load: String? {
        switch values["load"] {
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        default: nil
        }
    }

    /// What can run a package here, best first.
    package var methods: [FleetConfig.Method] {
        let found: [(FleetConfig.Method, Bool)] = [
            (.docker, isThere("docker")), (.podman, isThere("podman")), (.venv, self["venv"] == "yes"),
            (.python, isThere("python")), (.native, true),
        ]
        return found.filter(\.1).map(\.0)
    }

    private func isThere(_ key: String) -> Bool { values[key].map { $0 != .string("no") } ?? false }

    /// What stays from one probe to the next, for state.json: a file that people commit.
    package var stable: [String: JSONValue] {
        json.filter { !["load", "memory_free", "disk_free", "timeouts"].contains($0.key) }
    }

    /// Everything as one JSON object, for `--json` and state.json.
    package var json: [String: JSONValue] {
        var all = values
        all["tools"] = .array(tools.sorted().map(JSONValue.string))
        if !timeouts.isEmpty { all["timeouts"] = .array(timeouts.map(JSONValue.string)) }
        return all
    }
}
