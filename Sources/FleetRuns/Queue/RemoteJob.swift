import FleetBase
import FleetHosts

/// The folder of a job on a host: see `Scripts/runs.sh`.
package struct RemoteJob: Sendable, Hashable {
    package enum State: String, Sendable {
        case running, ended
        /// Neither its supervisor nor its trailer is there.
        case dead
    }

    /// `RUN.TASK.ATTEMPT`
    package let id: String
    package let state: State
    /// How long nobody has looked after it, at least.
    package let age: Duration

    /// The longest name, in bytes: `RUN.TASK.ATTEMPT` has less, whatever master made it.
    private static let longestName = 150
    /// No host has been there for more minutes.
    private static let minutes: ClosedRange<Int64> = 0...100_000_000

    /// - Throws: lost, for what is no answer to the question.
    static func list(_ result: RemoteResult) throws(Failure) -> [RemoteJob] {
        let answer = try HostAnswer(result) { Message("the host does not tell its jobs: \($0)") }
        var jobs: [RemoteJob] = []
        for line in answer.all("job") {
            let words = try line.words(3)
            guard Identifier.isValid(words[0], atMost: longestName), let state = State(rawValue: words[1]) else {
                throw line.senseless
            }
            let age = Duration.seconds(try line.number(words[2], in: minutes) * 60)
            jobs.append(RemoteJob(id: words[0], state: state, age: age))
        }
        return jobs
    }
}
