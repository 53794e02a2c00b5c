import FleetBase
import FleetConfig
import FleetHosts

/// Why hosts will not do: what each lacks for which group of tasks, or that it is not there.
struct HostObjections: Sendable {
    /// By host and group; empty where there is none.
    private var said: [Int: [Message]] = [:]
    private var absences: [Int: Failure] = [:]

    /// - Parameter requests: one of each group.
    /// - Returns: which groups the host may run.
    mutating func connected(_ index: Int, _ host: Host, _ facts: Facts, for requests: [RunRequest?]) -> [Bool] {
        let objections = requests.map { $0.flatMap { Self.objection(to: $0, host, facts) } }
        said[index] = objections.map { $0 ?? Message(verbatim: "") }
        absences[index] = nil
        return objections.map { $0 == nil }
    }

    mutating func absent(_ index: Int, _ failure: Failure) { absences[index] = failure }

    func reason(of index: Int, against group: Int) -> Message {
        absences[index]?.message ?? said[index]?[group] ?? Message(verbatim: "–")
    }

    private static func objection(to request: RunRequest, _ host: Host, _ facts: Facts) -> Message? {
        if let objection = HostFit.objection(to: host, facts, needs: request.needs) { return objection }
        do throws(Failure) {
            guard let package = request.package else {
                _ = try MethodChoice(request.work, on: facts)
                return nil
            }
            _ = try MethodChoice(
                for: package.file, on: facts, engine: request.engine, method: request.method,
                images: package.imageArchitectures)
            let installed = facts.packages[package.name]
            guard installed?.isHeld == true, installed?.current != package.version else { return nil }
            return Failure(held: package, at: installed?.current, on: host.name).message
        } catch {
            return error.message
        }
    }
}
