import FleetBase

/// `RUN.TASK.ATTEMPT`, as a job is called on its host.
package struct JobName: Sendable, Hashable {
    package let text: String
    package let run: RunID
    /// The place of the task in its run, from 1.
    package let position: Int
    package let attempt: Int

    /// Nil for what no master would call a job: a host says it, and it becomes part of paths and of the ledger.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let run = RunID(reading: parts[0]), let position = Self.number(parts[1]),
            let attempt = Self.number(parts[2])
        else { return nil }
        (self.text, self.run, self.position, self.attempt) = (text, run, position, attempt)
    }

    /// Written in one way alone, so that two names are two jobs.
    private static func number(_ text: String) -> Int? {
        guard let number = Int32(text), number > 0, String(number) == text else { return nil }
        return Int(number)
    }
}
