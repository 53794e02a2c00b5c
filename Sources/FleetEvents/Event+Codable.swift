package import FleetBase
import FleetLedger

/// Every event has the same keys, null where there is nothing; what `detail` holds depends on `kind`.
extension Event: Codable {
    private enum Key: String, CodingKey { case sequence, time, operation, run, host, task, kind, detail }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        self.init(
            time: try container.decode(Timestamp.self, forKey: .time),
            operation: try container.decode(OperationID.self, forKey: .operation),
            run: try container.decodeIfPresent(String.self, forKey: .run).map { RunID($0) },
            host: try container.decodeIfPresent(String.self, forKey: .host).map(HostName.init),
            task: try container.decodeIfPresent(String.self, forKey: .task),
            try Kind(
                named: try container.decode(String.self, forKey: .kind),
                from: try container.superDecoder(forKey: .detail)))
        sequence = try container.decodeIfPresent(EventSequence.self, forKey: .sequence)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(sequence, forKey: .sequence)
        try container.encode(time, forKey: .time)
        try container.encode(operation, forKey: .operation)
        try container.encode(run?.text, forKey: .run)
        try container.encode(host?.text, forKey: .host)
        try container.encode(task, forKey: .task)
        try container.encode(kind.name, forKey: .kind)
        try kind.encodeDetail(to: container.superEncoder(forKey: .detail))
    }
}

extension Event.Kind {
    init(named name: String, from decoder: any Decoder) throws {
        func detail<Value: Decodable>() throws -> Value { try Value(from: decoder) }
        switch name {
        case "operation-started": self = .operationStarted(try detail())
        case "operation-ended": self = .operationEnded(try detail())
        case "cancel-requested": self = .cancelRequested
        case "hosts-chosen": self = .hostsChosen(try detail())
        case "host-connecting": self = .hostConnecting
        case "host-connected": self = .hostConnected(try detail())
        case "host-absent": self = .hostAbsent(try detail())
        case "host-ready": self = .hostReady(try detail())
        case "host-ended": self = .hostEnded(try detail())
        case "step-started": self = .stepStarted(try detail())
        case "step-ended": self = .stepEnded(try detail())
        case "sent": self = .sent(try detail())
        case "run-started": self = .runStarted(try detail())
        case "run-ended": self = .runEnded(try detail())
        case "queue": self = .queue(try detail())
        case "attempt-queued": self = .attemptQueued(try detail())
        case "attempt-started": self = .attemptStarted(try detail())
        case "attempt-ended": self = .attemptEnded(try detail())
        case "output": self = .output(try detail())
        case "progress": self = .progress(try detail())
        case "remark": self = .remark(try (detail() as Note).message)
        case "note": self = .note(try (detail() as Note).message)
        case "failure": self = .failure(try detail())
        default:
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "no kind of event: \(name)"))
        }
    }

    /// The same as ``encodeDetail(to:)`` gives, for what comes by the thousand: an encoder costs more than the rest.
    fileprivate var plainDetail: String? {
        switch self {
        case .cancelRequested, .hostConnecting: "{}"
        case .hostEnded(let end) where end.failure == nil: "{\"failure\":null}"
        case .hostConnected(let connection): "{\"milliseconds\":\(connection.milliseconds)}"
        case .stepStarted(let step) where step.subject == nil: "{\"name\":\"\(step.name.rawValue)\",\"subject\":null}"
        case .stepEnded(let end) where end.step.subject == nil && end.bytes == nil:
            "{\"bytes\":null,\"milliseconds\":\(end.milliseconds),\"state\":\"\(end.state.rawValue)\","
                + "\"step\":{\"name\":\"\(end.step.name.rawValue)\",\"subject\":null}}"
        default: nil
        }
    }

    func encodeDetail(to encoder: any Encoder) throws {
        switch self {
        case .operationStarted(let start): try start.encode(to: encoder)
        case .operationEnded(let end): try end.encode(to: encoder)
        case .cancelRequested, .hostConnecting: try Empty().encode(to: encoder)
        case .hostsChosen(let hosts): try hosts.encode(to: encoder)
        case .hostReady(let ready): try ready.encode(to: encoder)
        case .hostEnded(let end): try end.encode(to: encoder)
        case .hostConnected(let connection): try connection.encode(to: encoder)
        case .hostAbsent(let failure), .failure(let failure): try failure.encode(to: encoder)
        case .stepStarted(let step): try step.encode(to: encoder)
        case .stepEnded(let end): try end.encode(to: encoder)
        case .sent(let transfer): try transfer.encode(to: encoder)
        case .runStarted(let start): try start.encode(to: encoder)
        case .queue(let state): try state.encode(to: encoder)
        case .runEnded(let end): try end.encode(to: encoder)
        case .attemptQueued(let news), .attemptStarted(let news), .attemptEnded(let news): try news.encode(to: encoder)
        case .output(let output): try output.encode(to: encoder)
        case .progress(let value): try value.encode(to: encoder)
        case .remark(let message), .note(let message): try Note(message: message).encode(to: encoder)
        }
    }

    private struct Empty: Encodable {}

    private struct Note: Codable { let message: Message }
}

extension Event.Kind {
    /// The detail of an event as JSON, with its sentences in one language.
    package func detailText(in language: Language) -> String {
        (try? JSONText.encode(Event.Detail(self), in: language)) ?? "{}"
    }
}

extension Event {
    /// What the ledger keeps of a durable event.
    var entry: FeedEntry {
        FeedEntry(
            time: time, operation: operation.text, run: run, host: host, task: task, kind: kind.name,
            detail: kind.plainDetail ?? (try? JSONText.encode(Detail(kind))) ?? "{}")
    }

    /// - Returns: nil for a kind that a newer fleet has written down.
    init?(_ entry: FeedEntry, epoch: String) {
        guard let operation = OperationID(reading: entry.operation),
            let detail = try? JSONText.decode(NamedDetail.self, from: "{\"\(entry.kind)\":\(entry.detail)}".utf8)
        else { return nil }
        self.init(
            time: entry.time, operation: operation, run: entry.run, host: entry.host, task: entry.task, detail.kind)
        sequence = EventSequence(epoch: epoch, number: entry.sequence)
    }

    fileprivate struct Detail: Encodable {
        let kind: Kind

        init(_ kind: Kind) { self.kind = kind }

        func encode(to encoder: any Encoder) throws { try kind.encodeDetail(to: encoder) }
    }

    /// An object of one key, the kind's name, whose value is the detail.
    private struct NamedDetail: Decodable {
        let kind: Kind

        private struct Name: CodingKey {
            let stringValue: String
            let intValue: Int? = nil

            init?(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Name.self)
            guard let name = container.allKeys.first else {
                throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no kind"))
            }
            kind = try Kind(named: name.stringValue, from: container.superDecoder(forKey: name))
        }
    }
}
