package import FleetBase

/// One try of a task on one host.
package struct Attempt: Sendable, Hashable {
    package enum State: String, Sendable, Codable, CaseIterable {
        /// Written down; nothing was sent yet.
        case planned
        case sent, running
        case done, failed, cancelled
        /// The connection or the trailer is gone: it may still run, or have ended.
        case lost

        /// Nothing more will come of it.
        package var isFinal: Bool { self == .done || self == .failed || self == .cancelled }
    }

    /// The task's id.
    package let task: String
    /// From 1.
    package let number: Int
    package let host: HostName
    /// Nil until it is chosen, and for ever on a host that was not reached.
    package var engine: String?
    package var method: String?
    package var state: State
    package var exit: Int32?
    package var signal: Int32?
    package let planned: Timestamp
    package var started: Timestamp?
    package var ended: Timestamp?
    package var metrics: JSONValue?
    /// CPU time, memory, bytes.
    package var resources: JSONValue?
    package var resultDigest: Digest?
    /// The folder on the master that holds the results.
    package var results: String?
    package var trailer: String?
    package var failure: Failure?

    package init(
        task: String, number: Int, host: HostName, engine: String? = nil, method: String? = nil,
        planned: Timestamp = .now
    ) {
        self.task = task
        self.number = number
        self.host = host
        self.engine = engine
        self.method = method
        self.planned = planned
        state = .planned
    }

    /// Nil before its end.
    package var duration: Duration? {
        guard let started, let ended else { return nil }
        return ended.duration(since: started)
    }

    /// `TASK.ATTEMPT`: the name of its folder on the host.
    package var id: String { "\(task).\(number)" }
}

extension Attempt {
    init(_ row: Row) throws(LedgerError) {
        task = try row.text("task")
        number = try row.position("number")
        host = try row.parsed("host", HostName.init)
        engine = row.optionalText("engine")
        method = row.optionalText("method")
        state = try row.word(State.self, "state")
        exit = row.optionalInteger("exit").map { Int32(truncatingIfNeeded: $0) }
        signal = row.optionalInteger("signal").map { Int32(truncatingIfNeeded: $0) }
        planned = try row.time("planned")
        started = try row.optionalTime("started")
        ended = try row.optionalTime("ended")
        metrics = try row.json("metrics")
        resources = try row.json("resources")
        resultDigest =
            row.optionalText("result_digest") == nil ? nil : try row.parsed("result_digest", Digest.init(hex:))
        results = row.optionalText("results")
        trailer = row.optionalText("trailer")
        failure = try Failure(row)
    }

    /// In the order of ``Ledger``'s insertion.
    var values: [SQLValue] {
        [
            .text(task), SQLValue(number), .text(host.text), SQLValue(engine), SQLValue(method), .text(state.rawValue),
            SQLValue(exit), SQLValue(signal), SQLValue(planned), SQLValue(started), SQLValue(ended), SQLValue(metrics),
            SQLValue(resources), SQLValue(resultDigest?.hex), SQLValue(results), SQLValue(trailer),
        ] + (failure?.values ?? Array(repeating: .null, count: Failure.columns))
    }
}

extension Failure {
    static let columns = 4

    /// Its class, its sentences in English for who reads the file without fleet, and the whole of it for every language.
    var values: [SQLValue] {
        guard let whole = try? JSONText.encode(self) else { preconditionFailure("a failure is JSON") }
        return [
            .text(kind.rawValue), .text(message.text(in: .english)), SQLValue(hint?.text(in: .english)), .text(whole),
        ]
    }

    /// An earlier fleet has written the sentences in English alone.
    fileprivate init?(_ row: Row) throws(LedgerError) {
        guard row.optionalText("failure_class") != nil else { return nil }
        if let whole = row.optionalText("failure"), let failure = try? JSONText.decode(Failure.self, from: whole.utf8) {
            self = failure
            return
        }
        self.init(
            try row.word(FailureClass.self, "failure_class"), Message(verbatim: try row.text("failure_message")),
            hint: row.optionalText("failure_hint").map { Message(verbatim: $0) })
    }
}

extension Attempt {
    /// The same result for the same work in another run.
    package func copied(to task: String) -> Attempt {
        var copy = Attempt(task: task, number: 1, host: host, engine: engine, method: method, planned: planned)
        (copy.state, copy.exit, copy.signal) = (state, exit, signal)
        (copy.started, copy.ended) = (started, ended)
        (copy.metrics, copy.resources) = (metrics, resources)
        (copy.resultDigest, copy.results, copy.trailer) = (resultDigest, results, trailer)
        return copy
    }
}

extension Attempt.State {
    /// For people.
    package var words: Message {
        switch self {
        case .planned, .sent: Message("not tried")
        case .running: Message("running")
        case .done: Message("done")
        case .failed: Message("failed")
        case .cancelled: Message("cancelled")
        case .lost: Message("lost")
        }
    }
}

extension Attempt {
    /// What somebody has ended on its host.
    package func cancelled() -> Attempt {
        var attempt = self
        attempt.state = .cancelled
        attempt.ended = .now
        attempt.failure = Failure(.cancelled, Message("cancelled"))
        return attempt
    }
}
