import FleetBase
import FleetConfig
import FleetEvents
import FleetHTTP
import FleetService

/// Events as they come, as server-sent events (HTML Standard, section 9.2) or as lines of JSON.
struct EventStream: Sendable {
    let service: FleetService
    /// Where to begin; nil for what is yet to come.
    let place: EventSequence?
    let filter: Filter
    let isLines: Bool
    let language: Language
    /// Looks at hosts meanwhile; nil when nobody asked for it.
    let watch: HostWatch?

    struct Filter: Sendable {
        var operation: OperationID?
        var run: String?
        var host: String?

        func takes(_ event: Event) -> Bool {
            (operation == nil || event.operation == operation) && (run == nil || event.run?.text == run)
                && (host == nil || event.host?.text == host)
        }
    }

    /// - Throws: for a place that is none.
    ///
    /// - Parameters:
    ///   - operation: whose events are wanted; the stream ends with it.
    ///   - start: where to begin when the request does not say.
    init(
        _ asked: Asked, _ service: FleetService, _ watch: HostWatch? = nil,
        of operation: OperationID? = nil, from start: EventSequence? = nil
    ) async throws {
        self.watch = asked.request.query("hosts") == "true" ? watch : nil
        (self.service, language) = (service, asked.language)
        let request = asked.request
        isLines =
            request.header("accept")?.contains("application/x-ndjson") == true
            || request.query("format") == "lines"
        filter = Filter(operation: operation, run: request.query("run"), host: request.query("host"))
        // A browser that reconnects says what it has seen; a new tab can only say it in the address.
        let text = request.header("last-event-id") ?? request.query("after")
        guard let feed = service.bus.feed else { preconditionFailure("a service keeps its events") }
        guard let text, !text.isEmpty else {
            if let start { place = start } else { place = try await feed.last() }
            return
        }
        if let number = Int64(text), number >= 0 {
            place = EventSequence(epoch: try await feed.last().epoch, number: number)
        } else {
            do { place = try EventSequence(parsing: text) } catch { throw Problem(422, error.message) }
        }
    }

    var response: HTTPResponse {
        HTTPResponse(200, type: isLines ? "application/x-ndjson" : "text/event-stream") { writer in
            try await self.write(to: SharedWriter(writer))
        }
    }

    /// Whoever ends first ends the others: the client is gone, or the operation has ended.
    private func write(to writer: SharedWriter) async throws {
        if !isLines { try await writer.write("retry: 2000\n\n") }
        await withTaskGroup { group in
            group.addTask { try? await follow(writer) }
            group.addTask { try? await writer.beat(isLines ? "\n" : ": \n\n") }
            if let watch { group.addTask { try? await sendHosts(watch, to: writer) } }
            await group.next()
            group.cancelAll()
        }
    }

    private func follow(_ writer: SharedWriter) async throws {
        for await item in service.bus.follow(after: place) {
            try await writer.write(text(of: item))
            if case .event(let event) = item, event.operation == filter.operation, case .operationEnded = event.kind {
                return
            }
        }
    }

    /// What is known of all hosts at first, and then of those of which something else is.
    private func sendHosts(_ watch: HostWatch, to writer: SharedWriter) async throws {
        let (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let listener = watch.add { signal.yield() }
        defer { watch.remove(listener) }
        watch.want(try service.inventoryIfThere.hosts.map(\.name), by: listener)
        var told: [HostName: HostSightView] = [:]
        signal.yield()
        for await _ in signals {
            let views = watch.sights().map { ($0.key, HostSightView($0.key, $0.value)) }
                .filter { told[$0.0] != $0.1 }.sorted { $0.0 < $1.0 }
            for (host, view) in views { told[host] = view }
            guard !views.isEmpty else { continue }
            let text = HostText.escape(json: try JSONText.encode(["hosts": views.map(\.1)], in: language))
            try await writer.write(isLines ? text + "\n" : "event: hosts\ndata: \(text)\n\n")
            try await Task.sleep(for: .milliseconds(250))
        }
    }

    private func text(of item: FollowedEvent) -> String {
        switch item {
        case .gap: return isLines ? "{\"kind\":\"gap\"}\n" : "event: resync\ndata: {}\n\n"
        case .event(let event):
            guard filter.takes(event), let json = try? JSONText.encode(event, in: language) else { return "" }
            let text = HostText.escape(json: json)
            guard !isLines else { return text + "\n" }
            return (event.sequence.map { "id: \($0)\n" } ?? "") + "data: \(text)\n\n"
        }
    }
}
