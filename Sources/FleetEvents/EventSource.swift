package import FleetBase
package import FleetLedger

/// Who tells: an operation, perhaps of one host, and of one task of a run.
package struct EventSource: Sendable {
    private let bus: EventBus?
    package let operation: OperationID
    private var run: RunID?
    private var host: HostName?
    private var task: String?

    package init(_ bus: EventBus, _ operation: OperationID) { (self.bus, self.operation) = (bus, operation) }

    private init() { (bus, operation) = (nil, OperationID()) }

    /// Tells nobody.
    package static let silent = EventSource()

    package func on(_ host: HostName) -> EventSource {
        var source = self
        source.host = host
        return source
    }

    package func of(_ run: RunID, task: String? = nil) -> EventSource {
        var source = self
        (source.run, source.task) = (run, task)
        return source
    }

    /// See ``EventBus/isHeard``.
    package var isHeard: Bool { bus?.isHeard ?? false }

    package func tell(_ kind: Event.Kind) {
        bus?.publish(Event(operation: operation, run: run, host: host, task: task, kind))
    }

    /// Does a step that blocks, and tells of its beginning and its end.
    package func step<Value>(_ name: Step.Name, _ subject: String?, _ body: () throws -> Value) rethrows -> Value {
        let step = Step(name, subject)
        let start = ContinuousClock.now
        tell(.stepStarted(step))
        do {
            let value = try body()
            tell(.stepEnded(StepEnd(step, .done, after: .now - start)))
            return value
        } catch {
            tell(.stepEnded(StepEnd(step, .failed, after: .now - start)))
            throw error
        }
    }

    /// Does a step, and tells of its beginning and its end.
    ///
    /// - Parameter ending: how the step ended where it threw nothing, and how many bytes it sent.
    package func step<Value>(
        _ name: Step.Name, _ subject: String? = nil,
        ending: (Value) -> (state: StepEnd.State, bytes: Int64?) = { _ in (.done, nil) },
        _ body: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let step = Step(name, subject)
        let start = ContinuousClock.now
        tell(.stepStarted(step))
        do throws(Failure) {
            let value = try await body()
            let (state, bytes) = ending(value)
            tell(.stepEnded(StepEnd(step, state, after: .now - start, bytes: bytes)))
            return value
        } catch {
            tell(.stepEnded(StepEnd(step, .failed, after: .now - start)))
            throw error
        }
    }
}
