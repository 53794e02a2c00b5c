package import FleetBase
import FleetHosts

/// fleet's folder on a host, as `Scripts/purge.sh` tells of it.
package struct RemoteFolder: Sendable, Hashable {
    package let path: String
    package let size: ByteCount
    /// The names of those that lie there, of whatever project.
    package let packages: [String]
    package let runs: Int
    /// Other machines that had jobs in it, since they share it.
    package let machines: [String]
    /// All that was in it went, but the folder itself could not.
    package let remains: Bool
    /// What forbids to remove it, by the key of the script's answer.
    private let obstacles: [RemoteFolderObstacle: [String]]

    private static let counts: ClosedRange<Int64> = 0...10_000_000
    private static let longestName = 200
    /// A host may print as many lines as an answer may have; no more than these are kept.
    private static let mostNames = 1000

    /// - Returns: nil where there is none.
    /// - Throws: lost, for what the script would not say; exit, for a folder that is not removed at any time.
    init?(_ answer: HostAnswer, on host: HostName) throws(Failure) {
        if let never = answer.all("never").first {
            let path = never.text(atMost: Self.longestName)
            throw Failure(
                .exit, Message("\(path) on \(host) is no folder of fleet's own, so it stays as it is"),
                hint: RemoteFolderObstacle.wrongRoot)
        }
        guard let folder = answer.all("folder").first else { return nil }
        guard let size = answer.all("size").first, let runs = answer.all("runs").first else { throw folder.senseless }
        path = folder.text(atMost: 500)
        self.size = ByteCount(try size.number(in: 0...HostAnswerLine.bytes.upperBound / 1024) * 1024)
        self.runs = Int(try runs.number(in: Self.counts))
        remains = !answer.all("empty").isEmpty
        packages = Self.names("package", answer)
        machines = Self.names("machine", answer)
        obstacles = RemoteFolderObstacle.allCases.reduce(into: [:]) { $0[$1] = Self.names($1.rawValue, answer) }
    }

    private static func names(_ key: String, _ answer: HostAnswer) -> [String] {
        answer.all(key).prefix(mostNames).map { $0.text(atMost: longestName) }
    }

    /// Why it may not be removed now; nil where it may.
    ///
    /// - Parameter master: whose schedules this project can remove.
    func objection(on host: HostName, to master: () -> String?) -> Failure? {
        for obstacle in RemoteFolderObstacle.allCases {
            guard let names = obstacles[obstacle], !names.isEmpty else { continue }
            return obstacle.failure(names, in: path, on: host, of: obstacle == .schedule ? master() : nil)
        }
        return nil
    }
}

extension [String] {
    /// The first of them, as people read them.
    package func told(atMost limit: Int) -> String {
        (count > limit ? Array(prefix(limit)) + ["…"] : self).joined(separator: ", ")
    }
}
