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

    /// Those that work in a folder or below it: jobs that no longer descend from the sshd that started them.
    func working(in folder: String) -> [Int32] {
        parents.keys.filter { process in
            let place = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/cwd")
            return place.map { $0 == folder || $0.hasPrefix(folder + "/") } ?? false
        }
    }
}
