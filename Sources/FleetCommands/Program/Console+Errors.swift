import FleetBase
import FleetTerminal

extension Console {
    /// Says what went wrong in a part of a command that goes on; a part that ended has said it already.
    func show(_ problem: any Error) {
        guard !(problem is Ended) else { return }
        let (message, hint, _) = FleetProgram.describe(problem)
        error(message, hint: hint)
    }

    /// Says what a person may do next, a command on each line.
    func tellNext(_ commands: [String]) {
        note(Message("next:"))
        for command in commands { note(Message(verbatim: "  \(command)")) }
    }

    /// Says that nothing was found, where every host has told what it has.
    func tellNothing<Value>(_ message: Message, of outcomes: [HostOutcome<Value>]) {
        if outcomes.allSatisfy({ $0.failure == nil }) { note(message) }
    }
}
