package import FleetBase
package import FleetConfig
package import FleetHosts
package import FleetLedger

extension Fleet {
    /// Hands on what a job writes until it ends or its host is gone; the job takes no notice.
    ///
    /// - Parameters:
    ///   - known: how many bytes of its output and of its errors came before.
    ///   - isBehind: whether `live` is behind with what it has got.
    package func follow(
        _ job: String, on host: Host, after known: (output: Int, error: Int) = (0, 0),
        isBehind: @escaping @Sendable () -> Bool, live: @escaping CommandLine.Output
    ) async {
        _ = try? await withShell(on: host) { shell throws(Failure) in
            try await shell.run(
                .attach, [host.rootWord, ShellWord(job), ShellWord("\(known.output)"), ShellWord("\(known.error)")],
                deadline: .distant, keeping: .first(0), live: live, isBehind: isBehind)
        }
    }

    /// Brings home the results of jobs that have ended on their hosts; those that still run go on.
    ///
    /// - Returns: of each host what came home, and what still runs there.
    package func pull(
        _ tasks: [LedgerTask], of run: RunID, on hosts: [Host], ledger: Ledger
    ) async throws(LedgerError) -> [HostOutcome<PulledJobs>] {
        let open = try await ledger.attempts(of: run).filter { $0.state == .running || $0.state == .lost }
        let concerned = hosts.filter { host in open.contains { $0.host == host.name } }
        let stores = RunStores(project)
        return await onEach(of: concerned) { host throws(Failure) in
            let link = HostLink(self, host, stores)
            var pulled = PulledJobs()
            do throws(Failure) {
                let found = try await link.withShell { shell throws(Failure) in try await shell.jobs(on: host) }
                let jobs = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
                for attempt in open where attempt.host == host.name {
                    guard let task = tasks.first(where: { $0.id == attempt.task }) else { continue }
                    guard jobs[attempt.id]?.state != .running else {
                        pulled.running.append(attempt.id)
                        continue
                    }
                    let work = TaskAttempt(
                        fleet: self, link: link, request: RunRequest(collecting: task), run: run, task: task,
                        ledger: ledger, proofs: .success(.none), folder: TaskSpec.folder(of: task, in: project))
                    pulled.ended.append(await work.takeUp(attempt))
                }
            } catch {
                _ = await link.finish()
                throw error
            }
            pulled.notes = await link.finish()
            return pulled
        }
    }
}

/// What came of pulling results from one host.
package struct PulledJobs: Sendable {
    package var ended: [TaskOutcome] = []
    package var running: [String] = []
    package var notes: [Message] = []
}

extension RunRequest {
    /// Enough to bring home what a job has left, whatever has become of its package here.
    init(collecting task: LedgerTask) {
        self.init(.command(""))
        outputs = TaskSpec(of: task)?.outputs ?? []
    }
}
