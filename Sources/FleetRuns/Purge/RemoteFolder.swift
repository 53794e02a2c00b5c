package import FleetBase
import FleetHosts

/// fleet's folder on a host, as `Scripts/purge.sh` tells of it.
package struct RemoteFolder: Sendable, Hashable {
    package let path: String
    package let size: ByteCount
    /// The names of those that lie there, of whatever project.
    package let packages: [String]
    package let runs: Int
    /// What forbids to remove it: jobs that run, schedules of cron, what is not fleet's.
    let jobs: [String]
    let schedules: [String]
    let strangers: [String]

    private static let counts: ClosedRange<Int64> = 0...10_000_000
    private static let longestName = 200
    /// So many names are told.
    private static let toldNames = 3

    /// - Returns: nil where there is none.
    /// - Throws: lost, for what the script would not say; exit, for a folder that is not removed at any time.
    init?(_ answer: HostAnswer, on host: HostName) throws(Failure) {
        if let never = answer.all("never").first {
            let path = never.text(atMost: Self.longestName)
            throw Failure(
                .exit, Message("\(path) on \(host) is no folder of fleet's own, so it stays as it is"),
                hint: Message("is root: right in the inventory? Without --purge the inventory alone forgets the host"))
        }
        guard let folder = answer.all("folder").first else { return nil }
        guard let size = answer.all("size").first, let runs = answer.all("runs").first else { throw folder.senseless }
        path = folder.text(atMost: 500)
        self.size = ByteCount(try size.number(in: HostAnswerLine.bytes) * 1024)
        self.runs = Int(try runs.number(in: Self.counts))
        var packages: [String] = []
        for line in answer.all("package") { packages.append(line.text(atMost: Self.longestName)) }
        self.packages = packages
        (jobs, schedules, strangers) = (
            Self.names("job", answer), Self.names("schedule", answer), Self.names("strange", answer)
        )
    }

    private static func names(_ key: String, _ answer: HostAnswer) -> [String] {
        let all = answer.all(key).map { $0.text(atMost: longestName) }
        return all.count > toldNames ? Array(all.prefix(toldNames)) + ["…"] : all
    }

    /// Why it may not be removed now; nil where it may.
    func objection(on host: HostName) -> Failure? {
        if !strangers.isEmpty {
            let names = strangers.joined(separator: ", ")
            return Failure(
                .exit, Message("\(path) on \(host) holds what is not fleet's: \(names)"),
                hint: Message("is root: right in the inventory? Without --purge the inventory alone forgets the host"))
        }
        if !jobs.isEmpty {
            let names = jobs.joined(separator: ", ")
            return Failure(
                .exit, Message("jobs run on \(host): \(names)"),
                hint: Message("wait for their end, or end them: fleet runs stop --hosts \(host)"))
        }
        guard !schedules.isEmpty else { return nil }
        let names = schedules.joined(separator: ", ")
        return Failure(
            .exit, Message("\(host) still starts tasks by itself: \(names)"),
            hint: Message("take its schedules away first: fleet schedule remove --hosts \(host)"))
    }
}
