package import FleetBase
package import FleetConfig
package import FleetHosts
import FleetPackage

/// What `fleet prune` removes, or would.
package struct PrunedRelease: Sendable, Hashable {
    package let release: RemoteRelease
    /// It stays, since a job, a schedule or Slurm uses it.
    package let isUsed: Bool
    /// What its folder took; files that it shared with other releases are counted too.
    package let size: ByteCount
}

extension Fleet {
    private static let removing = Duration.seconds(3600)
    private static let wordsAtOnce = 200

    /// Removes old releases: all but the current one and those that were current last.
    ///
    /// - Parameter keep: with 0 the current one goes as well.
    package func prune(
        _ names: [String], keep: Int, on hosts: [Host], dryRun: Bool,
        finished: @Sendable (HostOutcome<[PrunedRelease]>) -> Void = { _ in }
    ) async -> [HostOutcome<[PrunedRelease]>] {
        await onEach(of: hosts, finished: finished) { host throws(Failure) in
            try await withShell(on: host) { shell throws(Failure) in
                let fixed = [host.rootWord, ShellWord("\(keep)"), ShellWord(dryRun ? "show" : "remove")]
                let result = try await shell.run(
                    .prune, fixed + names.map { ShellWord($0) }, deadline: .after(Self.removing))
                guard result.status == 0 else {
                    let reason = result.reason
                    throw Failure(
                        .prune, Message("not everything was removed: \(reason)"),
                        hint: result.status == 73
                            ? Message("is the disk full or read-only, or the folder not the user's?") : nil)
                }
                let found = try PrunedRelease.list(HostAnswer(result), of: names)
                let removed = found.filter { !$0.isUsed }.map(\.release)
                if !dryRun { try await forgetImages(of: removed, on: host, shell) }
                return found
            }
        }
    }

    /// The image of a release goes with it. An engine that does not answer keeps nobody from anything: it is named, and
    /// the images stay in it.
    private func forgetImages(
        of releases: [RemoteRelease], on host: Host, _ shell: RemoteShell
    ) async throws(Failure) {
        var images = releases.map { release in
            ShellWord("\(ImageSettings.repository(release.name)):\(ImageSettings.tag(release.version))")
        }[...]
        guard !images.isEmpty else { return }
        try await shell.events.step(.image) { () async throws(Failure) in
            // One command line holds so many words.
            while !images.isEmpty {
                let words = [host.rootWord] + images.prefix(Self.wordsAtOnce)
                let answer = try HostAnswer(
                    try await shell.run(.imageForget, words, deadline: .after(Self.removing)))
                images = images.dropFirst(Self.wordsAtOnce)
                let problems = try EngineProblem.all(in: answer)
                for problem in problems {
                    shell.events.tell(.note(Message("\(problem.message); images of removed versions stay in it")))
                }
                guard problems.isEmpty else { return }
            }
        }
    }
}

extension PrunedRelease {
    /// How many releases a host may have.
    private static let mostReleases = 2000
    /// What a folder may take, in KiB.
    private static let sizes: ClosedRange<Int64> = 0...1 << 50

    /// - Parameter names: of the packages in question; all when empty.
    fileprivate static func list(_ answer: HostAnswer, of names: [String]) throws(Failure) -> [PrunedRelease] {
        var found: [PrunedRelease] = []
        for line in answer.lines where ["removed", "used"].contains(line.key) {
            let words = try line.words(3)
            let release = try line.release(words[0], words[1])
            guard names.isEmpty || names.contains(release.name), found.count < mostReleases else {
                throw line.senseless
            }
            let size = ByteCount(try line.number(words[2], in: sizes) << 10)
            found.append(PrunedRelease(release: release, isUsed: line.key == "used", size: size))
        }
        return found
    }
}
