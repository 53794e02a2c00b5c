import FleetBase
import Glibc
import Synchronization

/// The system's `ssh`, asked what its configuration says about a host (ssh(1), `-G`).
package final class SSHClient: Sendable {
    struct Question: Hashable {
        let address: String
        let user: String?
        let port: Port?
    }

    enum Answer: Sendable {
        /// Keyword and value in the order in which ssh prints them.
        case settings([(keyword: String, value: String)])
        /// What ssh said when it refused.
        case refused(String)
        case notInstalled
    }

    private static let patience = Duration.seconds(20)

    private let configuration: String?
    private let known = Mutex<[Question: Answer]>([:])

    /// - Parameter configuration: read in place of the user's and the system's (`-F`).
    package init(configuration: String?) { self.configuration = configuration }

    /// Blocks for some milliseconds; the same question is asked once.
    func ask(_ question: Question) -> Answer {
        if let answer = known.withLock({ $0[question] }) { return answer }
        let answer = run(question)
        // There may be no descriptor left for a moment.
        if case .notInstalled = answer { return answer }
        known.withLock { $0[question] = answer }
        return answer
    }

    private func run(_ question: Question) -> Answer {
        let words =
            ["ssh", "-G"] + (configuration.map { ["-F", $0] } ?? []) + (question.user.map { ["-l", $0] } ?? [])
            + (question.port.map { ["-p", "\($0)"] } ?? []) + ["--", question.address]
        let streams = [STDOUT_FILENO, STDERR_FILENO]
        guard let result = ChildOutput(of: words, taking: streams, patience: Self.patience) else {
            return .notInstalled
        }
        // ssh ends its lines with CR LF, which Swift takes for one character.
        let lines = streams.map {
            String(decoding: result.streams[$0] ?? [], as: UTF8.self).split(whereSeparator: \.isNewline)
        }
        guard result.ending == .status(0) else { return .refused(lines[1].first.map(String.init) ?? "ssh -G") }
        return .settings(
            lines[0].compactMap { line in
                let parts = line.split(separator: " ", maxSplits: 1)
                return parts.count == 2 ? (String(parts[0]).lowercased(), String(parts[1])) : nil
            })
    }
}
