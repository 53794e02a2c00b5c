import FleetBase
import FleetTesting
import Foundation
import Testing
@testable import FleetHosts
@testable import FleetReleases

/// One at a time works on a package of a host: who works is waited for, who hangs is ended.
@Suite(.serialized) struct PackageLockTests {
    private let host: ScriptHost
    private var home: String { host.root + "/packages/demo" }

    init() throws {
        host = try ScriptHost()
        // Nobody waits in real time here; the naps are counted.
        try countNaps()
    }

    /// - Parameter line: done in each nap, so that it happens in step with the time that those who wait count.
    private func countNaps(_ line: String = "") throws {
        try host.addProgram(
            "sleep", "echo \"$1\" >>\"$HOME/naps\"\n\(line)\nexec \(try Program.path("sleep")) 0.02\n")
    }

    /// The first call of a program stays where it is until the test lets it go on.
    private func hold(_ program: String) throws {
        let real = try Program.path(program)
        try host.addProgram(
            program,
            """
            if mkdir "$HOME/held" 2>/dev/null; then
                until [ -e "$HOME/go" ]; do \(try Program.path("sleep")) 0.02; done
            fi
            exec \(real) "$@"
            """)
    }

    private var isHeld: Bool { FileManager.default.fileExists(atPath: host.folder.path + "/held") }
    private func letGo() throws { try host.folder.write("", to: "go") }
    private var secondsWaited: Int {
        ((try? host.folder.read("naps")) ?? "").split(separator: "\n").count { $0 == "1" }
    }

    /// Nothing of this push has moved since then.
    private func age(_ time: String = "1 hour ago") throws {
        try Program.run(["sh", "-c", try aging(time)])
    }

    private func aging(_ time: String) throws -> String {
        let (find, touch) = (try Program.path("find"), try Program.path("touch"))
        return
            "\(find) '\(host.root)/incoming' '\(home)/.lock.info' '\(home)/.lock' -exec \(touch) -h -d '\(time)' {} +"
    }

    private func age(of file: String) -> Duration? {
        let date = try? FileManager.default.attributesOfItem(atPath: file)[.modificationDate] as? Date
        return date.map { .seconds(Date().timeIntervalSince($0)) }
    }

    @Test(arguments: HostShell.allCases) func showsLifeWhileItChecksFiles(shell: HostShell) async throws {
        try hold("openssl")
        async let first = host.install("1", in: shell)
        #expect(await eventually { isHeld })
        try age()
        #expect(await eventually { age(of: home + "/.lock.info").map { $0 < .seconds(600) } == true })
        try letGo()
        #expect(try await first.status == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: home).allSatisfy { !$0.hasPrefix(".lock") })
    }

    /// A connection may be dead: then nothing comes, and the shell waits for ever.
    @Test(arguments: HostShell.allCases) func endsWhoGetsNothingMore(shell: HostShell) async throws {
        try hold("gzip")
        async let first = host.install("1", in: shell)
        #expect(await eventually { isHeld })
        try age()
        let second = try await host.install("2", in: shell)
        #expect(second.status == 0 && second.errorText.contains("@stolen"), "\(second.errorText)")
        #expect(try await first.status != 0)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: home + "/current") == "2")
    }

    /// Longer than it once did.
    @Test(arguments: HostShell.allCases) func waitsAsLongAsTheOtherOneMoves(shell: HostShell) async throws {
        try hold("openssl")
        async let first = host.install("1", in: shell)
        #expect(await eventually { isHeld })
        async let second = host.install("2", in: shell)
        #expect(await eventually { secondsWaited > 100 })
        try letGo()
        #expect(try await first.status == 0)
        let (status, words) = (try await second.status, try await second.errorText)
        #expect(status == 0 && words.contains("@waiting me, "), "\(words)")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: home + "/current") == "2")
    }

    @Test(arguments: HostShell.allCases) func tellsWhoDoesNotMove(shell: HostShell) async throws {
        try hold("gzip")
        async let first = host.install("1", in: shell)
        #expect(await eventually { isHeld })
        try age("10 minutes ago")
        let second = try await host.install("2", in: shell)
        #expect(second.status == 79)
        let someHost = try #require(try EngineFixture().hosts.first)
        let failure = HostInstall(name: "demo", host: someHost, shell: try host.shell(shell)).failure(second)
        let text = failure.message.text(in: .english)
        #expect(
            text.wholeMatch(of: /another push of demo does not move: by me, since [-0-9]{10} [:0-9]{8}/) != nil,
            "\(text)")
        try letGo()
        #expect(try await first.status == 0)
    }

    // MARK: The host's clock is set

    /// By a day, while bytes arrive: everything looks old at once.
    @Test(arguments: HostShell.allCases) func aClockThatIsSetEndsNoPush(shell: HostShell) async throws {
        try hold("gzip")
        async let first = host.install("1", in: shell)
        #expect(await eventually { isHeld })
        let arriving = host.root + "/incoming/demo@1/arriving"
        // gzip begins beside the shell that makes the folder.
        #expect(await eventually { host.exists("incoming/demo@1") })
        try Data().write(to: URL(fileURLWithPath: arriving))
        try age("1 day ago")
        try countNaps(
            "[ ! -f '\(arriving)' ] || { \(try Program.path("head")) -c 16384 /dev/zero >>'\(arriving)'; \(try aging("1 day ago")); }"
        )
        async let second = host.install("2", in: shell)
        #expect(await eventually { secondsWaited > 100 })
        #expect(host.exists("incoming/demo@1/arriving"))
        try countNaps()
        try FileManager.default.removeItem(atPath: arriving)
        try letGo()
        #expect(try await first.status == 0)
        #expect(try await second.status == 0)
    }

    /// Back by a day: what does not move any more looks new for a day.
    @Test(arguments: HostShell.allCases) func aClockThatIsSetBackMakesNobodyWait(shell: HostShell) async throws {
        try hold("gzip")
        async let first = host.install("1", in: shell)
        #expect(await eventually { isHeld })
        try age("1 day")
        let words = [host.root, "demo", "2", "demo@2", "gzip", "", "install", "me", "assemble"].map { ShellWord($0) }
        let second = try await host.shell(shell).run(
            .install, words, input: .file(try host.archive()), deadline: .after(.seconds(120)))
        #expect(second.status == 79, "\(second.errorText)")
        try letGo()
        #expect(try await first.status == 0)
    }
}
