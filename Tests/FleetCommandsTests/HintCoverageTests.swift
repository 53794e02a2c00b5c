import Foundation
import Testing

/// Each hint of the sources that names a command is done somewhere in ``HintTests``, or stands here with a reason.
@Suite struct HintCoverageTests {
    /// How the command begins, and why no test types it.
    private static let exceptions = [
        "fleet asks": "not a command",
        "fleet exec": "needs a command of more than 128 KiB: RemoteShellTests",
        "fleet exec --quiet": "needs more output than the disk takes",
        "fleet lab down": "LabTests start labs and end them",
        "fleet runs reap": "needs a ledger that is removed under a run",
        "fleet runs resume": "needs a killed master: TwoMastersTests, SignalTests",
        "fleet runs cancel": "needs a second master: TwoMastersTests",
        "fleet runs stop": "needs a job that outlives its master: HostPurgeTests",
        "fleet runs collect": "needs a cron that is at work: ScheduleCommandTests",
        "fleet schedule": "needs a crontab of the account",
        "fleet host prepare HOST --python": "needs root and a host without Python: PrepareTests",
        "fleet keys show": "what it prints goes into a file by hand: KeysCommandTests",
        "fleet ask": "needs a model: AskCommandTests",
        "fleet events": "asked for by other programs alone: it is no command's answer",
        "fleet serve --help": "the help of a command: HelpTests",
        "fleet logs": "needs output of more than a page takes",
        "fleet prune --hosts": "needs a host whose disk is full",
        "fleet tasks run": "needs the run of an older release of fleet",
        "fleet doctor": "what it finds is on another machine: DoctorTests do what it says",
        "chmod go-w": "done on another machine: OwnFolderTests",
        "chmod 600": "DoctorTests",
        "ssh-keygen -A": "done on another machine, as root",
        "ssh-keygen -l": "done on another machine",
        "ssh-keygen -R": "needs a known_hosts of the account: HostContactTests",
        "ssh-keygen -t": "installed on another machine: DoctorTests",
        "ssh-keygen -y": "needs a password login: HostCommandTests",
        "ssh-add": "needs an agent: KeyFileTests",
    ]

    @Test func everyHintIsDoneOrExplained() throws {
        let pattern = try Regex(
            #"(?:hint|mend|advice):\s*[^"\n]{0,60}?\s*(?:Message\(\s*)?(?:verbatim: )?"((?:[^"\\]|\\.)*)""#)
        let command = try Regex(
            #"(?:fleet (?!works|needs|uses|sends|finds|gathers|takes|starts|checks|on |in |is )[a-z]|chmod |ssh-keygen -|ssh-add|chown ).*"#
        )
        let known = HintTests.hints + Self.exceptions.keys
        var (count, used) = (0, Set<String>())
        for file in try Self.sources() {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: pattern) {
                guard let hint = match.output[1].substring, let found = hint.firstMatch(of: command) else { continue }
                count += 1
                let words = String(found.output[0].substring ?? "")
                let reasons = known.filter { Self.covers($0, words) }
                used.formUnion(reasons)
                #expect(!reasons.isEmpty, "\(file.lastPathComponent): no test types \(words)")
            }
        }
        #expect(count > 60)
        let idle = Self.exceptions.keys.filter { !used.contains($0) }
        #expect(idle.isEmpty, "no hint begins like that any more: \(idle)")
    }

    /// Whether a command that is typed is the hint's, as far as it goes; what the hint fills in may be anything.
    private static func covers(_ typed: String, _ hint: String) -> Bool {
        let separators = CharacterSet(charactersIn: " ,;`")
        let (typed, hint) = (typed.split(separator: " "), hint.components(separatedBy: separators))
        return typed.count <= hint.count && zip(typed, hint).allSatisfy { $0 == $1 || $1.hasPrefix("\\(") }
    }

    private static func sources() throws -> [URL] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (files?.compactMap { $0 as? URL } ?? []).filter { file in
            file.pathExtension == "swift"
                && !["/Words/", "/FleetServe/", "/FleetKit/"].contains { file.path.contains($0) }
        }
    }
}

extension HintTests {
    /// The commands that this suite types as the hints print them. The test of pinning has servers of its own.
    static var hints: [String] { situations.map(\.hint) + ["fleet host pin"] }
}
