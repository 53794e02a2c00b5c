import FleetEvents

/// Events as they come, for one reader. A reader who is slow holds nobody up: see ``FleetEvent/Kind/gap``.
public struct FleetEvents: AsyncSequence, Sendable {
    private let source: Source

    init(_ follower: sending EventFollower, of operation: OperationID? = nil) {
        source = Source(follower, operation)
    }

    /// The only reader's way through them.
    public func makeAsyncIterator() -> Iterator { Iterator(source: source) }

    /// Gives one event after the other.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let source: Source

        /// - Returns: nil after the end of the operation whose events they are, or when the task is cancelled.
        public mutating func next() async -> FleetEvent? { await source.next() }
    }

    /// One reader at a time holds the place.
    fileprivate actor Source {
        private let follower: EventFollower
        private let operation: OperationID?
        private var hasEnded = false

        init(_ follower: sending EventFollower, _ operation: OperationID?) {
            (self.follower, self.operation) = (follower, operation)
        }

        func next() async -> FleetEvent? {
            while !hasEnded, let followed = await follower.next() {
                guard case .event(let event) = followed else { return FleetEvent(followed) }
                if let operation, event.operation != operation { continue }
                if operation != nil, case .operationEnded = event.kind { hasEnded = true }
                return FleetEvent(followed)
            }
            return nil
        }
    }
}
