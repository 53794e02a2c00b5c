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

    /// Each of the kind that ``FactKind`` has for its key: cores, memory, memory_free, disk, disk_free as integers, the last
    /// four in bytes.
    package private(set) var values: [String: JSONValue] = [:]
    package private(set) var tools: Set<String> = []
    package private(set) var packages: [String: Installed] = [:]
    /// Items that did not answer in time.
    package private(set) var timeouts: [String] = []

    /// What its login shell did before the probe began.
    package var greeting = Greeting(text: "", delay: nil)

    /// Whether its container engines start containers, where that was tried.
    package var engines: [MethodStart] = []

    /// A probe has fewer items.
    private static let items = 100

    /// - Throws: lost, for what no probe would say.
    init(_ answer: HostAnswer) throws(Failure) {
        for line in answer.lines { try take(line) }
    }

    private mutating func take(_ line: HostAnswerLine) throws(Failure) {
        switch line.key {
        case "tool": tools.insert(try line.name(line.value))
        case "timeout":
            let item = try line.name(line.value)
            guard timeouts.count < Self.items else { throw line.senseless }
            if !timeouts.contains(item) { timeouts.append(item) }
        case "package":
            let release = try Self.release(line)
            packages[release.name, default: Installed()].versions.append(release.version)
        case "current":
            let release = try Self.release(line)
            packages[release.name, default: Installed()].current = release.version
        case "held": packages[try Self.release(line).name, default: Installed()].isHeld = true
        default:
            guard let value = try FactKind.all[line.key]?.value(of: line) else { return }
            values[line.key] = value
        }
    }

    private static func release(_ line: HostAnswerLine) throws(Failure) -> RemoteRelease {
        let words = try line.words(2)
        return try line.release(words[0], words[1])
    }

    /// The keys that nobody wants to know later.
    private static let passing: Set<String> = [
        "load", "memory_free", "disk_free", "gpu_use", "gpu_memory_free", "timeouts", "shell_seconds",
        "engine_problems",
    ]

    /// The keys that change all the time.
    private static let figures: Set<String> = [
        "load", "memory", "memory_free", "disk", "disk_free", "gpu_use", "gpu_memory", "gpu_memory_free",
    ]

    /// These facts with newer figures: `load=0.42 memory_free=…`.
    ///
    /// - Returns: nil for words that no script of fleet's would tell.
    func updated(by words: some StringProtocol) -> Facts? {
        var facts = self
        for word in words.split(separator: " " as Character) {
            let key = word.prefix { $0 != "=" }
            let line = HostAnswerLine(key: String(key), value: String(word.dropFirst(key.count + 1)))
            guard Self.figures.contains(line.key), !line.value.isEmpty, (try? facts.take(line)) != nil else {
                return nil
            }
        }
        return facts
    }

    package var architecture: String { self["arch"] ?? "" }

    package subscript(key: String) -> String? { values[key]?.string }

    package func number(_ key: String) -> Int64? {
        guard case .integer(let number) = values[key] else { return nil }
        return number
    }

    /// How many processors programs can use; one where the host does not tell.
    package var cores: Int { number("cores").map { Int($0) } ?? 1 }

    /// The load average of the last minute.
    package var loadAverage: Double? {
        guard case .number(let number) = values["load"] else { return nil }
        return number
    }

    /// The load average as people read it.
    package var load: String? { loadAverage.map { "\($0)" } }

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
        json.filter {
            !Self.passing.contains($0.key)
        }
    }

    /// Everything as one JSON object, for `--json` and state.json.
    package var json: [String: JSONValue] {
        var all = values
        all["tools"] = .array(tools.sorted().map(JSONValue.string))
        if !timeouts.isEmpty { all["timeouts"] = .array(timeouts.map(JSONValue.string)) }
        if !greeting.text.isEmpty { all["shell_prints"] = .string(HostText(greeting.text).line(atMost: 200)) }
        if let delay = greeting.delay { all["shell_seconds"] = .number((delay.seconds * 1000).rounded() / 1000) }
        let problems = engines.compactMap { one in one.problem.map { (one.method.rawValue, JSONValue.string($0)) } }
        if !problems.isEmpty { all["engine_problems"] = .object(Dictionary(problems) { first, _ in first }) }
        return all
    }

    /// What a person should know of it: what its login shell prints, and engines that start no container.
    package var notes: [Message] {
        let engineNotes = engines.compactMap { one in
            one.problem.map { problem in
                Message("\(one.method.rawValue) starts no container there: \(problem); what mends it: fleet doctor")
            }
        }
        return greeting.notes + engineNotes
    }
}
