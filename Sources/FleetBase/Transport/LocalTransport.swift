import CLinux
import Glibc

/// This machine as a host: commands run in `/bin/sh`, each in a session of its own as sshd gives it one.
package struct LocalTransport: Transport {
    private let environment: [String: String]
    private let directory: String?

    /// A command that does not read its input must not end this program; write(2) has no MSG_NOSIGNAL for pipes.
    private static let ignoreBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

    /// - Parameters:
    ///   - environment: added to the commands' environment.
    ///   - directory: where commands start; this program's home folder when nil.
    package init(environment: [String: String] = [:], directory: String? = nil) {
        Self.ignoreBrokenPipes
        let home = Environment.home(in: Environment.current)
        self.environment = ["HOME": home].merging(environment) { $1 }
        self.directory = directory ?? home
    }

    package func connect(to destination: Destination, deadline: Deadline) async throws(Failure) -> any Connection {
        LocalConnection(environment: environment, directory: directory)
    }
}

private struct LocalConnection: Connection {
    /// Each command holds a thread while it runs.
    private static let executor = ThreadExecutor(label: "fleet.local", width: 64)

    let environment: [String: String]
    let directory: String?

    func run(_ command: CommandLine, deadline: Deadline) async throws(Failure) -> Completion {
        let alarm = eventfd(0, CInt(EFD_CLOEXEC | EFD_NONBLOCK))
        defer { Glibc.close(alarm) }
        let pump = try LocalPump(command, environment: environment, directory: directory, alarm: alarm)
        let result = await withTaskCancellationHandler {
            await Self.executor.run { Result { () throws(Failure) in try pump.run(until: deadline) } }
        } onCancel: {
            eventfd_write(alarm, 1)
        }
        // What was given up still runs: somebody has to take its status once it ends.
        if case .failure(let failure) = result, [.timeOut, .cancelled].contains(failure.kind) { pump.abandon() }
        return try result.get()
    }

    func close() async {}
}
