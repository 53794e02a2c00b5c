import FleetBase
import FleetService
import FleetTerminal

/// Puts the questions of operations to the person at the terminal.
struct PersonalQuestions: Sendable {
    private let console: Console
    private let terminal: Terminal
    /// Whether the answer is yes without asking.
    private let yes: Bool
    private let json: Bool

    init(_ console: Console, yes: Bool = false, json: Bool) {
        (self.console, terminal, self.yes, self.json) = (console, Terminal(console), yes, json)
    }

    /// Shows what a question is about, and asks it.
    func answer(_ question: Question) async throws -> Bool {
        show(question)
        if yes { return true }
        guard terminal.isThere else { throw question.refusal }
        return await terminal.confirm(Self.words(question))
    }

    private func show(_ question: Question) {
        switch question {
        case .hostKeys(let keys): for key in keys { console.note(key.sentence) }
        case .jumpHostKey(let key): console.note(key.sentence)
        case .preparation(let plans): if !json { PrepareReport.show(plans, on: console) }
        case .removal(let removal):
            let name = removal.host
            for user in removal.users {
                console.warning(Message("\(user.place): \(user.name) still has \(name) as its jump"))
            }
            for group in removal.emptyGroups { console.note(Message("the group \(group) has no host any more")) }
        }
    }

    private static func words(_ question: Question) -> Message {
        switch question {
        case .hostKeys(let keys) where keys.count == 1: Message("Is this the host's fingerprint?")
        case .hostKeys(let keys): Message("Are these the fingerprints of the \(keys.count) hosts?")
        case .jumpHostKey: Message("Is this the jump host's fingerprint?")
        case .preparation(let plans):
            Message("Run these commands on \(plans.count { $0.value?.lines.isEmpty == false }) hosts?")
        case .removal(let removal): Message("Take \(removal.host) out of the inventory?")
        }
    }
}
