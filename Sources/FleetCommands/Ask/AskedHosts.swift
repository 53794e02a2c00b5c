import FleetBase
import FleetConfig
import FleetLedger
import FleetRuns

/// Asks on one host after the other until a worker has had its say.
struct AskedHosts {
    private let session: Session
    private let request: RunRequest
    /// Whether the answer is printed as it comes.
    private let isLive: Bool

    init(_ session: Session, _ request: RunRequest, isLive: Bool) {
        (self.session, self.request, self.isLive) = (session, request, isLive)
    }

    /// - Throws: when no host can do it; each is told by then.
    func answer(from hosts: [Host]) async throws -> AskedAnswer {
        let ledger = try await session.project.ledger()
        var rest = hosts
        while true {
            let free = await session.fleet.freeHost(among: rest, for: request)
            guard let host = free.host else {
                session.report(free.failures)
                try session.end(free.failures.map(\.failure))
                throw Ended(code: .cancelled)
            }
            session.console.detail(Message("asking from \(host.name)"))
            let view = AnswerView(session.console)
            let (run, outcomes, problem) = try await session.fleet.run(
                request, on: [host], ledger: ledger, live: { _ in { _, _ in } },
                output: isLive ? LiveOutput { view.take($0) } : nil, isBehind: { session.console.isBehind })
            view.end()
            if let problem { throw problem }
            withExtendedLifetime(free.claim) {}
            guard let outcome = outcomes.first else { preconditionFailure("one host has one outcome") }
            if outcome.hasPackage, let package = request.package { await session.remember(package, on: [host.name]) }
            rest.removeAll { $0.name == host.name }
            guard let failure = outcome.failure, failure.isOfHost, view.isEmpty, !rest.isEmpty else {
                return AskedAnswer(run: run, outcome: outcome)
            }
            session.console.failures([(host.name, failure)])
        }
    }
}

extension Failure {
    /// Another host may do better.
    fileprivate var isOfHost: Bool { [.host, .network].contains(kind.fault) || kind == .hostKey || kind == .auth }
}
