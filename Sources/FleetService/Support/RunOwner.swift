import FleetBase
import FleetEvents
import FleetLedger
import FleetRuns
import Glibc

/// The fleet that works on a run, in whichever process.
struct RunOwner {
    /// A fleet that is asked to stop ends its jobs first.
    private static let stopping = Duration.seconds(60)
    /// A command that has not followed a wish in the feed within it gets a signal: that ends all that its process does. A
    /// program that uses fleet as a library gets none, since it may be busy with more than fleet.
    private static let hearing = Duration.seconds(20)
    private static let pause = Duration.milliseconds(50)

    private let run: RunID
    private let service: FleetService

    init(_ run: RunID, _ service: FleetService) { (self.run, self.service) = (run, service) }

    private var isAtWork: Bool { RunLock.isHeld(run, in: service.project) }

    /// Asks the fleet to stop in good order, and waits until nobody works on the run.
    func stop() async throws {
        guard isAtWork else { return }
        let asked = await askOperation()
        if try await hasGone(within: asked == .nobody ? .zero : Self.hearing) { return }
        // Its feed may be one that can't be written: a signal needs none. This process has no other way than the wish.
        if asked != .library, let process = RunLock.owner(of: run, in: service.project), process != getpid() {
            kill(process, SIGINT)
        }
        _ = try await hasGone(within: Self.stopping)
    }

    /// Who was asked in the feed.
    private enum Asked { case command, library, nobody }

    private func askOperation() async -> Asked {
        guard let ledger = try? await service.ledger.open(), let text = try? await ledger.operation(workingOn: run),
            let operation = OperationID(reading: text)
        else { return .nobody }
        try? await service.cancel(operation)
        let start = try? await service.bus.feed?.start(of: operation)
        return start.map { $0.command == nil ? .library : .command } ?? .command
    }

    private func hasGone(within limit: Duration) async throws -> Bool {
        let deadline = Deadline.after(limit)
        while isAtWork {
            guard !deadline.hasPassed else { return false }
            // A lock announces nothing.
            try await Task.sleep(for: Self.pause)
        }
        return true
    }
}
