import FleetBase
import FleetConfig
import FleetLedger
import FleetTesting
import Foundation
import Testing
@testable import FleetHosts
@testable import FleetReleases
@testable import FleetRuns

/// Runs and repairs on a host that takes signed packages only.
extension SignedPushTests {
    private func run(_ package: BuiltPackage, pushesFirst: Bool = true) async throws -> TaskOutcome {
        var request = RunRequest(package: package, parameters: try package.file.bind([:]))
        request.pushesFirst = pushesFirst
        let ledger = try Ledger(path: fleet.project.ledgerFile)
        return try #require(
            await fleet.run(request, on: fleet.inventory.hosts, ledger: ledger, live: { _ in { _, _ in } }).outcomes
                .first
        )
    }

    @Test func runsWhatIsSigned() async throws {
        #expect(try await run(try await build(signedBy: key)).state == .done)
        #expect(try await run(try await build(signedBy: key), pushesFirst: false).state == .done)
    }

    @Test func doesNotRunAnUnsignedRelease() async throws {
        let package = try await build()
        _ = try await push(package, to: try carelessFleet())
        let outcome = try await run(package)
        #expect(outcome.failure?.kind == .push && outcome.state == .failed)
        #expect(outcome.failure?.message.text(in: .english).contains("is not signed") == true)
    }

    @Test func doesNotRunWhatAStrangerSigned() async throws {
        let outcome = try await run(try await build(signedBy: stranger))
        #expect(outcome.failure?.message.text(in: .english).contains("signed by a stranger") == true)
    }

    /// A link that was added, with or without a line in the layout, which nobody signs; and one that was bent.
    @Test(arguments: [
        "ln -s /tmp json.py",
        "ln -s /tmp json.py; chmod u+w .fleet-layout; printf 'link\\tjson.py\\t/tmp\\n' >>.fleet-layout",
        "ln -sfn /tmp link",
    ])
    func doesNotRunWhatSomebodyAddedTo(code: String) async throws {
        symlink("hello.sh", folder.path + "/packages/hello/link")
        let package = try await build(signedBy: key)
        #expect(try await run(package).state == .done)
        let release = "\(folder.path)/home/packages/hello/\(package.version)"
        try Program.run(["sh", "-c", "cd \(release) && chmod u+w . && \(code)"])
        let outcome = try await run(package)
        #expect(outcome.failure?.message.text(in: .english).contains("hello is damaged on the host") == true)
    }

    @Test func repairsWithTheSignature() async throws {
        let package = try await build(signedBy: key)
        _ = try await push(package)
        let file = "\(folder.path)/home/packages/hello/\(package.version)/hello.sh"
        try Program.run(["sh", "-c", "chmod u+w \(file); echo >>\(file)"])
        let found = try #require(
            await fleet.verify(["hello"], on: fleet.inventory.hosts, repairs: true).first?.value)
        #expect(found.repaired.count == 1 && found.problems.isEmpty)
        #expect(try isVerifiedOnHost(package))
    }
}
