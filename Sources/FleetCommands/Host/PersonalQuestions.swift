import FleetBase
import FleetService
import FleetTerminal

/// Puts the questions of operations to the person at the terminal.
struct PersonalQuestions: Sendable {
    private let console: Console
    private let terminal: Terminal
    /// Whether the answer is yes without asking, or none where --yes is no answer.
    private let yes: Bool
    private let json: Bool

    init(_ console: Console, yes: Bool = false, json: Bool) {
        (self.console, terminal, self.yes, self.json) = (console, Terminal(console), yes, json)
    }

    /// Shows what a question is about, and asks it.
    func answer(_ question: Question) async throws -> Bool {
        show(question)
        if yes, question.isAboutPlan { return true }
        guard terminal.isThere, !yes else { throw question.refusal }
        return await terminal.confirm(Self.words(question))
    }

    /// Asks for the password of `USER@ADDRESS`; nothing that is typed is shown.
    func password(of login: String) async throws -> Secret? {
        guard terminal.isThere else { throw ServiceError.nobodyTypesPassword }
        return await terminal.ask(hidden: Message("password of \(login)"))
    }

    private func show(_ question: Question) {
        switch question {
        case .absentHost: break
        case .twins(let twins): for twin in twins { console.warning(twin.sentence) }
        case .keyInstallation(let offer):
            console.note(Message("\(offer.login) takes none of the keys, but it takes a password"))
        case .hostKeys(let keys):
            for key in keys {
                console.note(key.sentence)
                if let warning = key.warning { console.warning(warning) }
            }
        case .jumpHostKey(let key): console.note(key.sentence)
        case .preparation(let plans): if !json { PrepareReport.show(plans, on: console) }
        case .removal(let removal):
            let name = removal.host
            for line in removal.folderLines { console.note(line) }
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
        case .keyInstallation(let offer) where offer.isNew:
            Message("Make the key \(offer.file), and install its public half there?")
        case .keyInstallation(let offer): Message("Install the public half of the key \(offer.file) there?")
        case .absentHost(let host, _):
            Message("Take \(host) out of the inventory all the same, and leave fleet's folder there?")
        case .twins: Message("Go on all the same?")
        case .removal(let removal) where removal.folder != nil:
            Message("Remove all of this, and take \(removal.host) out of the inventory?")
        case .removal(let removal): Message("Take \(removal.host) out of the inventory?")
        }
    }
}

extension Question {
    /// Whether it asks for what was wanted anyway, to which --yes is an answer; what came as a surprise has its own flag.
    fileprivate var isAboutPlan: Bool {
        switch self {
        case .absentHost, .keyInstallation, .twins: false
        case .hostKeys, .jumpHostKey, .preparation, .removal: true
        }
    }
}
