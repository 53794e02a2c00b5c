import FleetBase
import FleetTesting
import Foundation
import Testing

@testable import FleetEngine

/// A job that nobody follows is ended at the end of its lease, whatever becomes of its host's clock.
@Suite(.serialized) struct LeaseTests {
    private let host: ScriptHost

    init() throws {
        host = try ScriptHost()
        // A hundred times as fast.
        try host.addProgram(
            "sleep", "case $1 in 20) set -- 0.2 ;; *) set -- 0.005 ;; esac\nexec \(try Program.path("sleep")) $1\n")
    }

    private func words(_ code: String, lease minutes: Int) -> [String] {
        var words = host.startWords("job", code)
        words[8] = "\(minutes)"
        return words
    }

    /// The clock is set forward by years under it, again and again.
    @Test(arguments: HostShell.allCases) func aClockThatIsSetEndsNoJob(shell: HostShell) async throws {
        let code = """
            round=0
            while [ $round -lt 150 ]; do
                touch -t 202001010000 ../lease
                round=$((round + 1))
                sleep 1
            done
            echo done
            """
        let result = try await host.run(.start, words(code, lease: 10), in: shell, input: ScriptHost.job)
        #expect(JobTrailer(in: result.news)?.status == 0, "\(result.news)")
        #expect(result.outputText == "done\n")
    }

    /// Also when its last sign seems to lie years ahead.
    @Test(arguments: HostShell.allCases) func endsAJobThatNobodyFollows(shell: HostShell) async throws {
        let code = "touch -t 203601010000 ../lease; while :; do sleep 20; done"
        let result = try await host.run(.foreground, words(code, lease: 1), in: shell, input: ScriptHost.job)
        #expect(result.status == 0, "\(result.errorText)")
        #expect(try host.folder.read("root/runs/job/trailer").hasPrefix("143 "))
    }
}
