import FleetBase
package import FleetEvents
import Synchronization

/// The steps that a script tells by its marks `step NAME`: each ends where the next one begins, the last with the script.
package final class ScriptSteps: Sendable {
    private static let most = 16

    private struct State {
        var step: Step?
        var start = ContinuousClock.now
        var count = 0
    }

    private let events: EventSource
    private let state = Mutex(State())

    package init(_ events: EventSource) { self.events = events }

    /// - Parameter words: of any mark.
    package func hear(_ words: String) {
        guard words.hasPrefix("step "), let name = Step.Name(rawValue: String(words.dropFirst(5))) else { return }
        // A host that lies may send as many as it likes.
        let isOneMore = state.withLock { state in
            state.count += 1
            return state.count <= Self.most
        }
        guard isOneMore else { return }
        end(.done)
        state.withLock { ($0.step, $0.start) = (Step(name), .now) }
        events.tell(.stepStarted(Step(name)))
    }

    package func end(_ outcome: StepEnd.State) {
        let ended = state.withLock { state in
            defer { state.step = nil }
            return state.step.map { ($0, state.start) }
        }
        guard let (step, start) = ended else { return }
        events.tell(.stepEnded(StepEnd(step, outcome, after: .now - start)))
    }
}
