import FleetService
import FleetViews

/// What was written down of runs; no host is called.
extension FleetProject.Runs {
    /// The latest runs, the newest first; none in a project in which nothing ran.
    ///
    /// - Parameter limit: how many at most.
    /// - Throws: when the ledger can't be read.
    public func list(limit: Int = 20) async throws(FleetError) -> [RunSummary] {
        try await project.ask(RunsQuery(limit: limit)) { RunsView($0).runs }
    }

    /// A run with its tasks and their attempts.
    ///
    /// - Throws: for a run that there is not, or when the ledger can't be read.
    public func show(_ run: String = "last") async throws(FleetError) -> RunRecord {
        try await project.ask(RunQuery(run)) { RunRecordView($0) }
    }

    /// A page that tells everything of a run: hosts, times, metrics, failures.
    ///
    /// - Returns: HTML that needs no other file.
    /// - Throws: for a run that there is not, or when the ledger can't be read.
    public func report(of run: String = "last") async throws(FleetError) -> String {
        do { return try await project.service.ask(ReportQuery(run, as: .page(in: .english))).text } catch {
            throw FleetError(error)
        }
    }

    /// The attempts of a run as comma-separated values (RFC 4180), the names of the columns first.
    ///
    /// - Throws: for a run that there is not, or when the ledger can't be read.
    public func table(of run: String = "last") async throws(FleetError) -> String {
        do { return try await project.service.ask(ReportQuery(run, as: .csv)).text } catch { throw FleetError(error) }
    }

    /// What the workers of a run wrote, as it came home.
    ///
    /// - Parameter hosts: the names of those whose workers are meant; all when empty.
    /// - Throws: for a run that there is not, a host that it has nothing of, or an output of more than 64 MiB.
    public func logs(of run: String = "last", hosts: [String] = []) async throws(FleetError) -> [RunLog] {
        try await project.ask(LogsQuery(run, hosts: hosts)) { try LogsView($0).logs }
    }

    /// Lines that the workers of a run write, from their first, until the run has ended or nobody works on it any more.
    /// Who stops reading leaves the run alone.
    ///
    /// - Parameter hosts: the names of those whose workers are meant; all when empty.
    /// - Throws: for a run that there is not, or a host that it has nothing of.
    public func follow(_ run: String = "last", hosts: [String] = []) async throws(FleetError) -> RunLines {
        do {
            return RunLines(try await RunFollower(run, hosts: hosts, by: project.service))
        } catch {
            throw FleetError(error)
        }
    }
}
