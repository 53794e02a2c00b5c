/// This machine as a host: commands run in `/bin/sh`, each in a session of its own as sshd gives it one.
package struct LocalTransport: Transport {
    private let environment: [String: String]
    private let directory: String?
    private let means: ChildWatch.Means

    /// - Parameters:
    ///   - environment: added to the commands' environment.
    ///   - directory: where commands start; this program's home folder when nil.
    ///   - means: how the end of a command is noticed.
    package init(
        environment: [String: String] = [:], directory: String? = nil, watching means: ChildWatch.Means = .best
    ) {
        let home = Environment.home(in: Environment.current)
        self.environment = ["HOME": home].merging(environment) { $1 }
        self.directory = directory ?? home
        self.means = means
    }

    package func connect(to destination: Destination, deadline: Deadline) async throws(Failure) -> any Connection {
        LocalConnection(environment: environment, directory: directory, means: means)
    }
}

private struct LocalConnection: Connection {
    /// Each command holds a thread while it runs.
    private static let executor = ThreadExecutor(label: "fleet.local", width: 64)

    let environment: [String: String]
    let directory: String?
    let means: ChildWatch.Means

    func run(_ command: CommandLine, deadline: Deadline) async throws(Failure) -> Completion {
        let alarm = Alarm()
        let pump = try LocalPump(
            command, environment: environment, directory: directory, alarm: alarm, watchedBy: means)
        let result = await withTaskCancellationHandler {
            await Self.executor.run { Result { () throws(Failure) in try pump.run(until: deadline) } }
        } onCancel: {
            alarm.raise()
        }
        // What was given up still runs: somebody has to take its status once it ends.
        if case .failure(let failure) = result, [.noAnswer, .cancelled].contains(failure.kind) { pump.abandon() }
        return try result.get()
    }

    func close() async {}
}
