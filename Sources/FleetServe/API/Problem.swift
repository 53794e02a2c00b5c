import FleetBase
import FleetHTTP
import FleetService

/// What went wrong, as every answer of the API that is no success has it.
struct Problem: Sendable, Hashable {
    let status: Int
    let message: Message
    let hint: Message?
    /// Which field of the request it is about, such as `hosts` or `parameters.size`.
    let field: String?

    init(_ status: Int, _ message: Message, hint: Message? = nil, field: String? = nil) {
        (self.status, self.message, self.hint, self.field) = (status, message, hint, field)
    }

    init(_ error: any Error) {
        switch error {
        case let error as Problem: self = error
        case let error as FieldError: self.init(422, Message(verbatim: error.reason), field: error.field)
        case let error as HTTPRefusal: self.init(error.status, Message(verbatim: error.reason))
        case is CancellationError: self.init(409, Message("cancelled"))
        case let declined as Declined: self.init(409, declined.message)
        case let failure as Failure: self.init(502, failure.message, hint: failure.hint)
        case let error as any DescribedError:
            self.init(Self.status(error.exitCode), error.message, hint: error.hint)
        default: self.init(500, Message(verbatim: "\(error)"))
        }
    }

    private static func status(_ code: ExitCode) -> Int {
        switch code {
        case .usage, .badConfiguration: 422
        case .locked: 409
        case .cancelled: 409
        case .noActiveMachine: 503
        case .success, .unexpected, .someFailed: 500
        }
    }
}

extension Problem: Error {}

extension Problem: Encodable {
    private enum Key: String, CodingKey { case error, hint, field }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(message, forKey: .error)
        try container.encode(hint, forKey: .hint)
        try container.encodeIfPresent(field, forKey: .field)
    }
}
