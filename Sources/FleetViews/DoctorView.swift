package import FleetBase
import FleetConfig
package import FleetService

/// What `fleet doctor --json` prints.
package struct DoctorView: Codable, Sendable {
    package struct Row: Codable, Sendable {
        package let host: String
        /// The worst of its checks: ok, warning or failed.
        package let state: HostCheck.State
        package let checks: [Check]
    }

    package struct Check: Codable, Sendable {
        package let check: HostCheck.Kind
        /// Which of several: a jump host, a key file, a folder, an engine.
        @OrNull package var subject: String?
        package let state: HostCheck.State
        package let found: Message
        /// The command that mends it.
        @OrNull package var mend: String?
        /// The advice, where no single command mends the fault.
        @OrNull package var advice: Message?

        init(_ check: HostCheck) {
            (self.check, state, found) = (check.kind, check.state, check.found)
            (subject, mend, advice) = (check.subject, check.mend, check.advice)
        }
    }

    package struct Summary: Codable, Sendable {
        package let hosts: Int
        package let ok: Int
        package let warnings: Int
        package let failed: Int
    }

    package let hosts: [Row]
    /// How many hosts are in which state.
    package let summary: Summary

    package init(_ examined: [DoctorOperation.Examined]) {
        hosts = examined.map { one in
            Row(host: one.host.name.text, state: one.checks.worst, checks: one.checks.map(Check.init))
        }
        let states = hosts.map(\.state)
        summary = Summary(
            hosts: states.count, ok: states.count { $0 == .ok }, warnings: states.count { $0 == .warning },
            failed: states.count { $0 == .failed })
    }
}
