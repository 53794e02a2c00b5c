import Synchronization

/// Who listens to a bus, and from where on.
extension EventBus {
    /// The events that this bus gets from now on; with a sequence, everything in the feed that came after it, without a
    /// hole between, from whichever process.
    ///
    /// - Parameters:
    ///   - sequence: what the listener has seen last. One of another ledger's feed gives a gap, and then all there is.
    ///   - durable: passing events are not wanted.
    package func follow(after sequence: EventSequence? = nil, durable: Bool = false) -> EventFollower {
        EventFollower(self, after: sequence, durable: durable)
    }

    /// A value after each change of the ledger by another process, and one at once.
    package func changesByOthers() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        continuation.yield()
        guard let news else { return stream }
        let number = news.add { continuation.yield() }
        continuation.onTermination = { _ in news.remove(number) }
        return stream
    }

    /// A value after the feed has got something, from whichever process, and one at once.
    package func changes() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let told = Mutex(state.withLock(\.newest))
        continuation.yield()
        let start = addListener(durable: true) { [weak self] in
            guard let newest = self?.state.withLock(\.newest) else { return }
            let isNews = told.withLock { told in
                defer { told = newest }
                return told != newest
            }
            if isNews { continuation.yield() }
        }
        let number = news?.add { continuation.yield() }
        continuation.onTermination = { [weak self] _ in
            self?.removeListener(start.listener)
            if let number { self?.news?.remove(number) }
        }
        return stream
    }

    /// The place before everything durable that this bus has told; nil when it has told nothing durable.
    var beforeOldest: EventSequence? {
        state.withLock(\.oldest).map { EventSequence(epoch: $0.epoch, number: $0.number - 1) }
    }

    /// What a new listener starts from.
    struct Start {
        let listener: Int
        /// The place in the ring of the next event.
        let place: Int
        /// The last durable event before it.
        let newest: EventSequence?
    }

    /// - Parameter wake: called after each change, on the thread that made it: it must not block.
    func addListener(durable: Bool, _ wake: @escaping @Sendable () -> Void) -> Start {
        state.withLock { state in
            if !durable { state.curious.insert(state.nextListener) }
            defer { state.nextListener += 1 }
            state.listeners[state.nextListener] = wake
            return Start(listener: state.nextListener, place: state.ring.end, newest: state.newest)
        }
    }

    func removeListener(_ number: Int) {
        state.withLock { state in
            state.listeners[number] = nil
            state.curious.remove(number)
        }
    }

    /// How many listen.
    var listenerCount: Int { state.withLock(\.listeners.count) }

    /// How many bytes wait for the ledger.
    var pendingBytes: Int { state.withLock(\.pending.size) }

    /// - Returns: the events from a place on, nil where some were left out, and the place where they really begin.
    func events(from place: Int, atMost count: Int) -> (events: ArraySlice<Event?>, place: Int) {
        state.withLock { state in
            let start = max(place, state.ring.first)
            return (state.ring.events(from: start, atMost: count), start)
        }
    }
}
