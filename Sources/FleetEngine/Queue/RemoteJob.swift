import FleetBase

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

    static func list(_ result: RemoteResult) -> [RemoteJob] {
        result.values.filter { $0.key == "job" }.compactMap { _, value in
            let words = value.split(separator: " ").map(String.init)
            guard words.count == 3, let state = State(rawValue: words[1]), let minutes = Int(words[2]) else {
                return nil
            }
            return RemoteJob(id: words[0], state: state, age: .seconds(minutes * 60))
        }
    }
}
