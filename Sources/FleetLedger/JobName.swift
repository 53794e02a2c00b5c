import FleetBase

/// `RUN.TASK.ATTEMPT`, as a job is called on its host.
package struct JobName: Sendable, Hashable {
    package let text: String
    package let run: RunID
    /// Of the task in its run, from 1.
    package let position: Int
    package let attempt: Int

    package init?(_ text: String) {
        let parts = text.split(separator: ".")
        // It becomes part of paths, and hosts say it.
        guard parts.count == 3, Identifier.isValid(String(parts[0])), let position = Int(parts[1]),
            let attempt = Int(parts[2])
        else { return nil }
        (self.text, run, self.position, self.attempt) = (text, RunID(String(parts[0])), position, attempt)
    }
}
