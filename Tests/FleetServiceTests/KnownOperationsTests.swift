import FleetBase
import Testing

@testable import FleetEvents
@testable import FleetService

@Suite struct KnownOperationsTests {
    private let first = OperationID()
    private let second = OperationID()

    private func began(_ id: OperationID, _ epoch: String, _ number: Int64) -> Event {
        mark(id, epoch, number, .operationStarted(Event.OperationStart(name: "push", command: nil, process: 1)))
    }

    private func ended(_ id: OperationID, _ epoch: String, _ number: Int64) -> Event {
        mark(id, epoch, number, .operationEnded(Event.OperationEnd(.done, after: .zero)))
    }

    private func mark(_ id: OperationID, _ epoch: String, _ number: Int64, _ kind: Event.Kind) -> Event {
        var event = Event(operation: id, kind)
        event.sequence = EventSequence(epoch: epoch, number: number)
        return event
    }

    @Test func forgetsWhatHasEndedAndOtherLedgers() {
        var known = KnownOperations()
        known.take([began(first, "a", 1), began(second, "a", 5), ended(first, "a", 9)])
        #expect(known.open.keys.map(\.self) == [second] && known.place?.number == 9)
        known.take([])
        known.take([ended(second, "a", 12)])
        #expect(known.open.isEmpty)
        known.take([began(first, "a", 15)])
        known.take([began(second, "b", 2)])
        #expect(known.open.keys.map(\.self) == [second] && known.place?.epoch == "b")
    }
}
