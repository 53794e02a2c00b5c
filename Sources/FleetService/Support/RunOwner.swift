import FleetBase
import FleetEvents
import FleetLedger
import FleetRuns
import Glibc

/// The fleet that works on a run, in whichever process.
struct RunOwner {
    /// A fleet that is asked to stop ends its jobs first.
    private static let stopping = Duration.seconds(60)
    /// A fleet that has not followed a wish in the feed within it gets a signal: that ends all that its process does.
    private static let hearing = Duration.seconds(20)
    private static let pause = Duration.milliseconds(50)

    private let run: RunID
    private let service: FleetService

    init(_ run: RunID, _ service: FleetService) { (self.run, self.service) = (run, service) }

    private var process: Int32? { RunLock.owner(of: run, in: service.project) }

    /// Asks the fleet to stop in good order, and waits until nobody works on the run.
    func stop() async throws {
        guard process != nil else { return }
        let isAsked = await askOperation()
        if try await hasGone(within: isAsked ? Self.hearing : .zero) { return }
        // Its feed may be one that can't be written: a signal needs none. This process has no other way than the wish.
        if let process, process != getpid() { kill(process, SIGINT) }
        _ = try await hasGone(within: Self.stopping)
    }

    /// - Returns: whether the feed knows which operation it is.
    private func askOperation() async -> Bool {
        guard let ledger = try? await service.ledger.open(), let text = try? await ledger.operation(workingOn: run),
            let operation = OperationID(reading: text)
        else { return false }
        await service.cancel(operation)
        return true
    }

    private func hasGone(within limit: Duration) async throws -> Bool {
        let deadline = Deadline.after(limit)
        while process != nil {
            guard !deadline.hasPassed else { return false }
            // A lock announces nothing.
            try await Task.sleep(for: Self.pause)
        }
        return true
    }
}
