import FleetBase
import FleetConfig
import FleetEvents
import FleetHosts
import FleetRuns
import Synchronization

/// Asks on one host after the other until a worker has had its say.
struct AskedHosts {
    private let context: OperationContext
    private let request: RunRequest

    init(_ context: OperationContext, _ request: RunRequest) { (self.context, self.request) = (context, request) }

    func answer(from hosts: [Host]) async throws -> AskOperation.Result {
        var rest = hosts
        while true {
            let free = await context.fleet.freeHost(among: rest, for: request)
            guard let host = free.host else { return AskOperation.Result(answer: nil, absent: free.failures) }
            let (answer, isSilent) = try await ask(host)
            withExtendedLifetime(free.claim) {}
            rest.removeAll { $0.name == host.name }
            guard let failure = answer.outcome.failure, failure.isOfHost, isSilent, !rest.isEmpty else {
                return AskOperation.Result(answer: answer, absent: [])
            }
            context.events.on(host.name).tell(.failure(failure))
        }
    }

    /// - Returns: with whether the worker has said nothing yet.
    private func ask(_ host: Host) async throws -> (answer: ModelAnswer, isSilent: Bool) {
        let output = context.output?.receiver([host])?(host)
        let isSilent = Mutex(true)
        let live = output.map { output in
            LiveOutput { bytes in
                isSilent.withLock { $0 = false }
                bytes.withUnsafeBytes { _ = output(.output, $0) }
            }
        }
        let (run, outcomes, problem) = try await context.fleet.run(
            request, on: [host], ledger: context.ledger(), live: { _ in { _, _ in } }, output: live,
            isBehind: context.output?.isBehind)
        if let problem { throw problem }
        guard let outcome = outcomes.first else { preconditionFailure("one host has one outcome") }
        if outcome.hasPackage, let package = request.package { await context.remember(package, on: [host.name]) }
        return (ModelAnswer(run: run, outcome: outcome), isSilent.withLock(\.self))
    }
}

extension Failure {
    /// Another host may do better.
    fileprivate var isOfHost: Bool { [.host, .network].contains(kind.fault) || kind == .hostKey || kind == .auth }
}
