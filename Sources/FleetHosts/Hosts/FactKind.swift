import FleetBase

/// What kind of thing a word of the probe is: see `Scripts/probe.sh`. Nothing is guessed from how a value looks: a host
/// may be called `nan` or `4e99`.
enum FactKind: Sendable {
    case text
    /// One of these; anything else is as good as nothing.
    case word(Set<String>)
    case integer(ClosedRange<Int64>)
    case decimal(upTo: Double)
    /// See ``MachineID``.
    case machine

    /// No machine has more.
    private static let cores: ClosedRange<Int64> = 1...1 << 16
    private static let load = 1e6

    /// The kinds by key; a key that is not here was never asked for.
    static let all: [String: FactKind] = [
        "os": .text, "kernel": .text, "arch": .text, "hostname": .text, "gpu": .text, "python": .text, "docker": .text,
        "docker_problem": .text, "podman": .text, "shell": .text, "user": .text,
        "machine_id": .machine,
        "venv": .word(["yes", "no"]), "timeout_form": .word(["k", "p", "t"]),
        "cores": .integer(cores), "load": .decimal(upTo: load),
        "memory": .integer(HostAnswerLine.bytes), "memory_free": .integer(HostAnswerLine.bytes),
        "disk": .integer(HostAnswerLine.bytes), "disk_free": .integer(HostAnswerLine.bytes),
        "gpu_use": .integer(0...100),
        "gpu_memory": .integer(HostAnswerLine.bytes), "gpu_memory_free": .integer(HostAnswerLine.bytes),
    ]

    /// - Returns: nil for what says nothing.
    /// - Throws: lost, when a number is none or out of its bounds.
    func value(of line: HostAnswerLine) throws(Failure) -> JSONValue? {
        guard !line.value.isEmpty else { return nil }
        switch self {
        case .text: return .string(line.text())
        case .word(let words): return words.contains(line.value) ? .string(line.value) : nil
        case .integer(let range): return .integer(try line.number(in: range))
        case .machine: return MachineID.shown(line.value).map(JSONValue.string)
        case .decimal(let limit): return .number(try line.decimal(upTo: limit))
        }
    }
}
