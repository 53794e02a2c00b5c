import FleetHosts

/// Who hears what a job writes while it runs; nobody, as long as nothing is said.
struct AttemptListener: Sendable {
    var live: LineSplitter.Receiver = { _, _ in }
    /// Whether who gets the output is behind with it.
    var isBehind: (@Sendable () -> Bool)?
    /// Takes the place of `live` for the standard output.
    var output: LiveOutput?
}

/// What an attempt shares with the other ones of its task, and with who may stop it.
struct AttemptRivals: Sendable {
    var numbers = AttemptNumbers()
    /// A success counts when nobody was faster.
    var claim = ClaimedTasks()[0]
    var control = AttemptControl()
}
