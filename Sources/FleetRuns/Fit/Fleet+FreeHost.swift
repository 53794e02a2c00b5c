package import FleetBase
package import FleetConfig
package import FleetHosts

/// The host that is to do one piece of work, or why there is none.
package struct FreeHost: Sendable {
    package let host: Host?
    /// Keep it until the work is done.
    package let claim: HostClaim?
    /// The reason of each host that can't do it; when `host` is nil, the reasons of all.
    package let failures: [HostOutcome<Facts>]
}

extension Fleet {
    /// The host that has least to do of those that can do the work.
    ///
    /// All are asked at once. The first that is idle is taken: no slow one is waited for.
    package func freeHost(among hosts: [Host], for request: RunRequest) async -> FreeHost {
        let (outcomes, feed) = AsyncStream.makeStream(of: HostOutcome<Facts>.self)
        let asking = Task {
            _ = await probe(hosts) { feed.yield($0) }
            feed.finish()
        }
        defer { asking.cancel() }
        var candidates: [Candidate] = []
        var failures: [HostOutcome<Facts>] = []
        for await outcome in outcomes {
            guard let host = hosts.first(where: { $0.name == outcome.host }) else { continue }
            do throws(Failure) {
                let candidate = Candidate(host, try outcome.result.get())
                try request.check(candidate.facts)
                if candidate.isIdle, let claim = HostClaim(host.name, place: 0, in: project) {
                    return FreeHost(host: host, claim: claim, failures: failures)
                }
                candidates.append(candidate)
            } catch {
                failures.append(HostOutcome(host: outcome.host, result: .failure(error)))
            }
        }
        return choose(among: candidates.sorted { $0.load < $1.load }, failures)
    }

    /// Every host gets its first work before any gets its second; where all are full, the one with the least load.
    private func choose(among candidates: [Candidate], _ failures: [HostOutcome<Facts>]) -> FreeHost {
        for place in 0..<(candidates.map(\.slots).max() ?? 0) {
            for candidate in candidates where place < candidate.slots {
                guard let claim = HostClaim(candidate.host.name, place: place, in: project) else { continue }
                return FreeHost(host: candidate.host, claim: claim, failures: failures)
            }
        }
        return FreeHost(host: candidates.first?.host, claim: nil, failures: failures)
    }
}

private struct Candidate {
    let host: Host
    let facts: Facts

    init(_ host: Host, _ facts: Facts) { (self.host, self.facts) = (host, facts) }

    private var cores: Int { facts.cores }
    var slots: Int { host.slots ?? cores }
    /// For each core.
    var load: Double { (facts.loadAverage ?? 0) / Double(cores) }
    var isIdle: Bool { load < 1 }
}

extension RunRequest {
    /// - Throws: no-method.
    fileprivate func check(_ facts: Facts) throws(Failure) {
        guard let package else { return _ = try MethodChoice(work, on: facts) }
        _ = try MethodChoice(
            for: package.file, on: facts, engine: engine, method: method,
            images: package.imageArchitectures)
    }
}
