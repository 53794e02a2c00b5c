import FleetBase
import FleetEvents
import FleetService
import FleetTesting
import Foundation
import Synchronization
import Testing

@testable import FleetConfig
@testable import FleetMQTT

/// A project with two hosts, whose events go to brokers.
struct SinkProject {
    let folder: TemporaryFolder
    let service: FleetService

    init(_ inventory: String = "") throws {
        folder = try TemporaryFolder()
        try folder.write(inventory + Self.hosts, to: "inventory/hosts.yaml")
        service = FleetService(
            Project(folder: folder.path), home: folder.path, environment: ["WORD": "good"], warn: { _ in })
    }

    static let hosts = "hosts: { one: { address: 192.0.2.1 }, two: { address: 192.0.2.2 } }\n"

    /// The sinks of hosts.yaml.
    func start(tell: @escaping @Sendable (Message, Bool) -> Void = { _, _ in }) throws -> EventSinks {
        EventSinks(try service.currentInventory.eventSinks, service, language: .english, tell: tell)
    }

    /// Publishes remarks, and waits until they are in the feed.
    ///
    /// - Returns: the number of the last event in the feed.
    @discardableResult func publish(_ count: Int = 1) async throws -> Int64 {
        let operation = OperationID()
        for number in 0..<count {
            service.bus.publish(Event(operation: operation, .remark(Message("remark \(number)"))))
        }
        await service.bus.flush()
        return try await last
    }

    var last: Int64 { get async throws { try await #require(service.bus.feed).last().number } }

    /// As `fleet events --json` prints them.
    func eventLines() async throws -> [String] {
        try await #require(service.bus.feed).events(after: 0, limit: 100_000).events.map {
            HostText.escape(json: try JSONText.encode($0, in: .english))
        }
    }
}

/// Sentences that a person was told.
final class Sentences: Sendable {
    private let list = Mutex<[String]>([])

    var all: [String] { list.withLock { $0 } }

    var tell: @Sendable (Message, Bool) -> Void {
        { message, _ in self.list.withLock { $0.append(message.text(in: .english)) } }
    }
}
