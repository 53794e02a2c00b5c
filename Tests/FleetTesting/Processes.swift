import Foundation

/// Processes of this machine as /proc shows them.
package enum Processes {
    package static func isAlive(_ process: Int32) -> Bool {
        guard let state = field(1, of: process) else { return false }
        return state != "Z"
    }

    package static func children(of process: Int32) -> [Int32] {
        all.filter { field(2, of: $0) == "\(process)" }
    }

    package static func descendants(of process: Int32) -> [Int32] {
        children(of: process).flatMap { descendants(of: $0) + [$0] }
    }

    package static func parent(of process: Int32) -> Int32? { field(2, of: process).flatMap(Int32.init) }

    package static func name(of process: Int32) -> String {
        contents("/proc/\(process)/comm")?.trimmingCharacters(in: .newlines) ?? ""
    }

    package static func arguments(of process: Int32) -> String {
        (contents("/proc/\(process)/cmdline") ?? "").replacingOccurrences(of: "\0", with: " ")
    }

    /// Those whose arguments hold a text.
    package static func withArguments(holding text: String) -> [Int32] {
        all.filter { arguments(of: $0).contains(text) && isAlive($0) }
    }

    /// Those that are a command and nothing else; not the shells in whose arguments it stands too.
    package static func running(_ command: String) -> [Int32] {
        all.filter { arguments(of: $0) == command + " " && isAlive($0) }
    }

    private static var all: [Int32] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap(Int32.init)
    }

    /// A field of proc_pid_stat(5), counted from the state, which is 1.
    private static func field(_ number: Int, of process: Int32) -> String? {
        guard let line = contents("/proc/\(process)/stat"), let name = line.lastIndex(of: ")") else { return nil }
        let fields = line[name...].split(separator: " ")
        return fields.indices.contains(number) ? String(fields[number]) : nil
    }

    private static func contents(_ path: String) -> String? { ProcFile.contents(path) }
}
