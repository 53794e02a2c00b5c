package import FleetBase
package import FleetConfig
import Glibc

extension Fleet {
    private static let examining = Duration.seconds(30)
    private static let starting = Duration.seconds(150)

    /// The checks of a host itself, in their order.
    private static let order: [HostCheck.Kind] = [
        .shell, .greeting, .shellStart, .tools, .folder, .disk, .inodes, .clock,
    ]

    /// Looks at a host that was logged in to.
    ///
    /// - Parameters:
    ///   - access: how a person gets there.
    ///   - roundTrip: how long a question and its answer take.
    /// - Returns: the checks, and the host's facts where it told them.
    package func examine(
        _ host: Host, _ access: HostAccess, roundTrip: Duration
    ) async -> (checks: [HostCheck], facts: Facts?) {
        do throws(Failure) {
            return try await withShell(on: host) { shell throws(Failure) in
                let findings = try await findings(host, access, roundTrip, shell)
                return (findings.checks, findings.facts)
            }
        } catch {
            let failed = HostCheck(.shell, is: .failed, error.message, advice: error.hint)
            return ([failed] + Self.skippedChecks.dropFirst(), nil)
        }
    }

    /// Those of a host that could not be logged in to.
    package static var skippedChecks: [HostCheck] { order.map { .skipped($0) } }

    private func findings(
        _ host: Host, _ access: HostAccess, _ roundTrip: Duration, _ shell: RemoteShell
    ) async throws(Failure) -> HostFindings {
        let facts = try await facts(of: host, shell)
        let needs = try await needs(of: host, [], shell)
        let asked = time(nil)
        let result = try await shell.run(.examine, [host.rootWord], deadline: .after(Self.examining))
        let told = time(nil)
        let state = try HostState(
            HostAnswer(result) { Message("the host's shell can't run the probe: \($0)") })
        let greetings = [facts.greeting, result.greeting]
        return HostFindings(
            access: access, facts: facts, needs: needs, state: state, engines: try await engineStarts(on: host, shell),
            roundTrip: roundTrip, shellDelay: greetings.compactMap(\.delay).min(),
            greeting: greetings.map(\.text).first { !$0.isEmpty } ?? "",
            clockLead: state.clock.map { Self.lead(of: $0, between: Int64(asked), Int64(told)) })
    }

    /// By how many seconds a clock is certainly ahead that was read between two moments, or behind as a negative number.
    static func lead(of clock: Int64, between asked: Int64, _ told: Int64) -> Int64 {
        clock > told ? clock - told : min(clock - asked, 0)
    }

    /// Which container engines a host has, and whether they start a container.
    package func engineStarts(on host: Host, _ shell: RemoteShell) async throws(Failure) -> [MethodStart] {
        let engines = FleetConfig.Method.allCases.filter(\.isContainer).map { ShellWord($0.rawValue) }
        let result = try await shell.run(.engineStart, engines, deadline: .after(Self.starting))
        return try MethodStart.all(
            in: HostAnswer(result) { Message("the host's shell can't run the probe: \($0)") })
    }
}
