package import FleetBase
import FleetEvents

/// What an operation asks a person before it goes on.
package enum Question: Sendable {
    /// Whether these are the keys of the hosts.
    case hostKeys([ShownKey])
    /// Whether this is the key of a jump host on the way.
    case jumpHostKey(ShownKey)
    /// Whether the commands of the plans may run.
    case preparation(HostPrepareOperation.Plans)
    /// Whether the inventory may forget a host.
    case removal(HostRemoval)
    /// Whether the inventory may forget a host whose folder can't be removed, since it does not answer.
    case absentHost(HostName, Failure)
    /// Whether a key is installed on a host that takes a password only.
    case keyInstallation(KeyOffer)
    /// Whether machines may stand in the inventory twice.
    case twins([Twin])
}

/// Puts a question to a person, and tells whether the answer is yes. What it throws ends the operation.
package typealias Approver = @Sendable (Question) async throws -> Bool

/// A person said no.
package struct Declined: Error {
    /// Whether something that was done before stays: an operation has told what.
    package let leavesSomething: Bool

    init(leavesSomething: Bool = false) { self.leavesSomething = leavesSomething }

    package var message: Message {
        leavesSomething ? Message("nobody approved the rest") : Message("nobody approved it, so nothing was changed")
    }
}

extension OperationContext {
    /// Goes on only with a person's consent.
    ///
    /// - Throws: ``Declined``, or a failure where nobody can be asked.
    func ask(_ question: Question) async throws {
        guard let approver else {
            question.tell(events)
            throw question.refusal
        }
        guard try await approver(question) else { throw Declined() }
    }
}

extension Question {
    /// Why an operation ends where nobody can be asked.
    package var refusal: any Error {
        switch self {
        case .hostKeys(let keys) where keys.count == 1:
            Failure(
                .hostKey, Message("nobody is there to approve the key of \(keys[0].name)"),
                hint: Message("compare it, then give --fingerprint \(keys[0].fingerprint)"))
        case .hostKeys(let keys):
            Failure(
                .hostKey, Message("nobody is there to approve the keys of \(keys.count) hosts"),
                hint: Message("compare them, then give --yes"))
        case .jumpHostKey(let key):
            Failure(
                .hostKey, Message("nobody is there to approve the key of \(key.name)"),
                hint: Message("it is on the way; pin it first: fleet host pin \(key.host)"))
        case .absentHost(let host, let failure):
            Failure(
                failure.kind, Message("\(host) does not answer: \(failure.message)"),
                hint: Message("to forget it all the same, and leave fleet's folder there: --forget-absent"))
        case .keyInstallation(let offer):
            Failure(
                .auth, Message("\(offer.login) takes none of the keys, but it takes a password"),
                hint: Message("--install-key installs a key, with --password-file FILE or --password-fd N"))
        case .twins(let twins):
            ServiceError(
                twins.map(\.sentence).first ?? Message("nobody is there to ask"),
                hint: Message("to go on all the same: --same-machine"))
        case .preparation, .removal: ServiceError(Message("nobody is there to ask"), hint: Message("give --yes"))
        }
    }

    /// Tells what a person would have been shown.
    fileprivate func tell(_ events: EventSource) {
        switch self {
        case .hostKeys(let keys):
            for key in keys {
                events.tell(.remark(key.sentence))
                if let warning = key.warning { events.tell(.remark(warning)) }
            }
        case .jumpHostKey(let key): events.tell(.remark(key.sentence))
        case .preparation, .removal, .absentHost, .keyInstallation, .twins: break
        }
    }
}
