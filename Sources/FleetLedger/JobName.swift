/// `RUN.TASK.ATTEMPT`, as a job is called on its host.
package struct JobName: Sendable, Hashable {
    package let run: RunID

    package init?(_ text: String) {
        let parts = text.split(separator: ".")
        guard parts.count == 3, Int(parts[1]) != nil, Int(parts[2]) != nil else { return nil }
        run = RunID(String(parts[0]))
    }
}
