extension Console {
    /// Says what went wrong in a part of a command that goes on; a part that ended has said it already.
    func show(_ problem: any Error) {
        guard !(problem is Ended) else { return }
        let (message, hint, _) = FleetProgram.describe(problem)
        error(message, hint: hint)
    }
}
