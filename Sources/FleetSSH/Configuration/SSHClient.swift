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

    private static let limit = 1 << 20
    private static let patience = Duration.seconds(20)

    private let configuration: String?
    private let known = Mutex<[Question: Answer]>([:])

    /// - Parameter configuration: read in place of the user's and the system's (`-F`).
    package init(configuration: String?) { self.configuration = configuration }

    /// Blocks for some milliseconds; the same question is asked once.
    func ask(_ question: Question) -> Answer {
        if let answer = known.withLock({ $0[question] }) { return answer }
        let answer = run(question)
        known.withLock { $0[question] = answer }
        return answer
    }

    private func run(_ question: Question) -> Answer {
        var words = ["ssh", "-G"]
        if let configuration { words += ["-F", configuration] }
        if let user = question.user { words += ["-l", user] }
        if let port = question.port { words += ["-p", "\(port)"] }
        words += ["--", question.address]
        guard let pipe = Descriptor.pipe(), let errors = Descriptor.pipe() else { return .notInstalled }
        let child = ChildProcess.spawn(
            words, descriptors: [STDOUT_FILENO: pipe.write, STDERR_FILENO: errors.write])
        for end in [pipe.write, errors.write] { close(end) }
        defer { for end in [pipe.read, errors.read] { close(end) } }
        guard let child else { return .notInstalled }
        let said = read([pipe.read, errors.read])
        if said == nil { kill(child, SIGKILL) }
        let ending = ChildProcess.wait(child)
        guard let said, ending == .status(0) else {
            // ssh ends its lines with CR LF, which Swift takes for one character.
            let reason = said?[1].split(whereSeparator: \.isNewline).first
            return .refused(reason.map(String.init) ?? "ssh -G")
        }
        return .settings(
            said[0].split(separator: "\n").compactMap { line in
                let parts = line.split(separator: " ", maxSplits: 1)
                return parts.count == 2 ? (String(parts[0]).lowercased(), String(parts[1])) : nil
            })
    }

    /// - Returns: nil when it says too much or nothing for too long.
    private func read(_ ends: [CInt]) -> [String]? {
        var texts = ends.map { _ in [UInt8]() }
        var open = Set(ends.indices)
        let deadline = Deadline.after(Self.patience)
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while !open.isEmpty {
            guard !deadline.hasPassed, texts.allSatisfy({ $0.count < Self.limit }) else { return nil }
            let order = open.sorted()
            var watched = order.map { pollfd(fd: ends[$0], events: Int16(POLLIN), revents: 0) }
            guard poll(&watched, nfds_t(watched.count), 1000) > 0 else { continue }
            for (watch, index) in zip(watched, order) where watch.revents != 0 {
                let count = Glibc.read(ends[index], &buffer, buffer.count)
                if count < 0, errno == EINTR { continue }
                if count > 0 { texts[index] += buffer[..<count] } else { open.remove(index) }
            }
        }
        return texts.map { String(decoding: $0, as: UTF8.self) }
    }
}
