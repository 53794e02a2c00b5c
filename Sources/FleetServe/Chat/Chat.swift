import FleetBase

/// A conversation of one visitor with models.
struct Chat: Sendable, Codable, Identifiable {
    /// One question or answer.
    struct Message: Sendable, Codable {
        enum Role: String, Sendable, Codable, CaseIterable { case user, model }

        enum State: String, Sendable, Codable, CaseIterable {
            /// Until a host is free.
            case waiting
            /// A worker is asking, and the answer comes.
            case writing
            case done
            /// Somebody pressed Stop; what came until then stays.
            case stopped
            case failed

            var isOpen: Bool { self == .waiting || self == .writing }
        }

        let role: Role
        var text: String
        var state: State
        let time: Timestamp
        var host: String?
        var engine: String?
        var model: String?
        var seconds: Double?
        /// Why there is no answer.
        var failure: FleetBase.Message?
        var hint: FleetBase.Message?
        /// The run that asked, whose results go with the chat.
        var run: String?
        /// The operation that asks, from the moment on in which it begins.
        var operation: String?
    }

    let id: String
    /// The visitor whose it is: nobody else sees it.
    let owner: String
    /// The beginning of the first question.
    let title: String
    var updated: Timestamp
    var messages: [Message] = []

    /// Whether an answer is on its way.
    var isOpen: Bool { messages.last?.state.isOpen ?? false }
}
