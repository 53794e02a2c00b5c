import FoundationEssentials
import Glibc

/// The processes of this machine as /proc shows them, proc_pid_stat(5).
struct ProcessTree {
    private let parents: [Int32: Int32]

    init() {
        var parents: [Int32: Int32] = [:]
        for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
            guard let process = Int32(name), let line = TextFile.contents("/proc/\(name)/stat") else { continue }
            // The name in parentheses may hold anything; the parent is the second field after it.
            let fields = line[(line.lastIndex(of: ")") ?? line.startIndex)...].split(separator: " ")
            if fields.count > 2 { parents[process] = Int32(fields[2]) }
        }
        self.parents = parents
    }

    func descendants(of process: Int32) -> [Int32] {
        let children = parents.filter { $0.value == process }.map(\.key)
        return children.flatMap { descendants(of: $0) + [$0] }
    }

    /// Those whose home is a host's folder: its jobs, which no longer descend from the sshd that started them. A person's
    /// shell that only works in that folder has another home.
    func living(in home: String) -> [Int32] { parents.keys.filter { Self.hasVariable("HOME", home, $0) } }

    /// Those that were started for a little machine, or for the switch of a lab.
    func marked(_ folder: String) -> [Int32] { parents.keys.filter { Self.isMarked($0, folder) } }

    static func isMarked(_ process: Int32, _ folder: String) -> Bool { hasVariable(mark, folder, process) }

    /// The variable that marks what is started for a folder.
    static let mark = "FLEET_LAB"

    private static func hasVariable(_ name: String, _ value: String, _ process: Int32) -> Bool {
        TextFile.contents("/proc/\(process)/environ")?.split(separator: "\0").contains("\(name)=\(value)") ?? false
    }

    /// Whether a process is there and no zombie, which some machines never reap.
    static func isAlive(_ process: Int32) -> Bool {
        guard let line = TextFile.contents("/proc/\(process)/stat"), let name = line.lastIndex(of: ")") else {
            return false
        }
        return line[name...].split(separator: " ").dropFirst().first != "Z"
    }
}
