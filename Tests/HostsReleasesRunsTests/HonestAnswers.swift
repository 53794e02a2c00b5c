import FleetBase
@testable import FleetHosts
@testable import FleetReleases

/// What honest hosts say, for tests that are about something else.
extension HostAnswer {
    static func honest<Value>(
        _ lines: [(key: String, value: String)], _ read: (HostAnswer) throws(Failure) -> Value
    ) -> Value {
        do {
            return try read(HostAnswer(lines))
        } catch {
            preconditionFailure("an honest answer: \(error.message.text(in: .english))")
        }
    }
}

extension Facts {
    init(_ lines: [(key: String, value: String)]) {
        self = HostAnswer.honest(lines) { answer throws(Failure) in try Facts(answer) }
    }
}

extension PackageStatus {
    init(_ lines: [(key: String, value: String)]) {
        self = HostAnswer.honest(lines) { answer throws(Failure) in try PackageStatus(answer) }
    }
}

extension ImageStatus {
    init(_ lines: [(key: String, value: String)]) {
        self = HostAnswer.honest(lines) { answer throws(Failure) in try ImageStatus(answer) }
    }
}

extension HostNeeds {
    init(_ lines: [(key: String, value: String)]) {
        self = HostAnswer.honest(lines) { answer throws(Failure) in try HostNeeds(answer) }
    }
}
