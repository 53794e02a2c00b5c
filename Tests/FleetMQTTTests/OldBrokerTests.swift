import FleetBase
import FleetTesting
import Foundation
import Glibc
import Testing

@testable import FleetMQTT

@Suite struct OldBrokerTests {
    /// A broker that speaks MQTT 3.1.1 alone refuses 5.0 by the code 1 (section 3.2.2.3).
    @Test func speaksTheOlderVersionToABrokerThatKnowsNoOther() async throws {
        let broker = try OldBroker()
        let project = try SinkProject("events: [{ mqtt: \"mqtt://127.0.0.1:\(broker.port)/upb/logs\" }]\n")
        let sinks = try project.start()
        #expect(await eventually { await sinks.states[0].connectedSince != nil })
        #expect(broker.versions.value == [5, 4])
        await sinks.stop(within: .milliseconds(10))
        await project.service.close()
    }

    @Test func pausesGrowAndDiffer() {
        var (one, other) = (Pause(), Pause())
        let pauses = (0..<20).map { _ in (one.next(), other.next()) }
        #expect(pauses[0].0 <= .milliseconds(500) && pauses.allSatisfy { $0.0 <= .seconds(60) })
        #expect(pauses[19].0 >= .seconds(30) && pauses.contains { $0.0 != $0.1 })
        one.reset()
        #expect(one.next() <= .milliseconds(500))
    }
}

/// Takes connections and answers to their first packet alone.
private final class OldBroker: Sendable {
    let port: UInt16
    let versions = Shared<[UInt8]>([])
    private let listener: Int32

    init() throws {
        (listener, port) = try Broker.listen()
        let (listener, versions) = (listener, versions)
        OwnThread.start {
            while case let client = accept(listener, nil, nil), client >= 0 {
                var bytes = [UInt8](repeating: 0, count: 1024)
                // The version stands behind the head of two bytes and the name "MQTT".
                guard recv(client, &bytes, bytes.count, 0) > 8 else { continue }
                versions.change { $0.append(bytes[8]) }
                let answer: [UInt8] = [0x20, 2, 0, bytes[8] == 4 ? 0 : 1]
                _ = send(client, answer, answer.count, Int32(MSG_NOSIGNAL))
                if bytes[8] != 4 { Glibc.close(client) }
            }
        }
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }
}
