import FleetBase
import FleetConfig
import FleetEvents
import FleetHosts
import FleetService
import FleetViews

/// A fleet project and its hosts: what the program `fleet` does, for other Swift programs.
///
///     let fleet = try FleetProject(at: "/home/ana/work")
///     for answer in try await fleet.hosts.execute(["uname", "-a"]).result { print(answer.host, answer.result) }
///     await fleet.close()
///
/// The calls are grouped by noun: ``hosts``, ``inventory``, ``packages``, ``releases``, ``tasks``, ``runs``,
/// ``schedules``, ``models``, ``keys``, ``lab``. A call that works on hosts or changes the project starts a ``FleetOperation``: its events
/// can be followed, it can be cancelled, and its result can be waited for. A call that asks what is known here answers by
/// itself. What can't be done at all is thrown as a ``FleetError``; what fails on one host is a ``HostFailure`` in the
/// result.
///
/// Operations of several programs on one project hear of each other: see ``events(after:)`` and ``cancel(_:)``.
public final class FleetProject: Sendable {
    let service: FleetService

    /// - Parameters:
    ///   - folder: the absolute path of the project's folder.
    ///   - inventory: the path of another inventory than the project's own `inventory/hosts.yaml`.
    ///   - warn: told of each line of `~/.ssh/config` that fleet can't honour.
    /// - Throws: when there is no such folder, or an inventory that can't be read. A project may have no inventory yet.
    public init(
        at folder: String, inventory: String? = nil, warn: @escaping @Sendable (String) -> Void = { _ in }
    ) throws(FleetError) {
        guard Disk.exists(folder) else {
            throw FleetError(.configuration, "there is no folder \(folder)", hint: "make one: fleet init")
        }
        let environment = Environment.current
        service = FleetService(
            Project(folder: folder), inventoryFile: inventory, home: Environment.home(in: environment),
            environment: environment
        ) { warn($0.text(in: .english)) }
        do { _ = try service.inventoryIfThere } catch { throw FleetError(error) }
    }

    /// Makes a project with this machine as its only host and one small package. Files that are there already stay as
    /// they are.
    ///
    /// - Parameter folder: an absolute path; the folder is made where there is none.
    /// - Returns: the files that were written, from the folder on.
    /// - Throws: when a file can't be written.
    public static func create(at folder: String) throws(FleetError) -> [String] {
        do { return try Project.create(at: folder).written } catch { throw FleetError(error) }
    }

    /// Ends in good order what this value has started and what still runs, waits until every event is written down, and
    /// closes the connections.
    public func close() async { await service.close() }

    /// The events of all operations on the project, whichever program performs them.
    ///
    /// - Parameter sequence: the ``FleetEvent/sequence`` of the last event that was seen: what is kept after it comes
    ///   first. Without it only what is yet to come.
    /// - Throws: for what is no sequence, or when the ledger can't be read.
    public func events(after sequence: String? = nil) async throws(FleetError) -> FleetEvents {
        do {
            guard let feed = service.bus.feed else { preconditionFailure("a service keeps its events") }
            let place: EventSequence
            if let sequence { place = try EventSequence(parsing: sequence) } else { place = try await feed.last() }
            return FleetEvents(service.bus.follow(after: place))
        } catch {
            throw FleetError(error)
        }
    }

    /// Ends an operation in good order, whichever program performs it.
    ///
    /// - Parameter operation: its name, as ``FleetOperation/id`` and ``FleetEvent/operation`` have it.
    /// - Throws: for what is no name of an operation, or one of which the project knows nothing.
    public func cancel(_ operation: String) async throws(FleetError) {
        guard let id = OperationID(reading: operation) else {
            throw FleetError(.usage, "\"\(operation)\" is not the name of an operation")
        }
        do { try await service.cancel(id) } catch { throw FleetError(error) }
    }

    /// Reads every file of the project that people write, and calls no host: the inventory, the packages, the tasks.
    public func checkFiles() async throws(FleetError) -> [CheckedFile] {
        try await ask(ProjectFilesQuery()) { ProjectFilesView($0).files }
    }
}
