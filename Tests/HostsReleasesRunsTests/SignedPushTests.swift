import FleetBase
import FleetConfig
import FleetPackage
import FleetTesting
import Foundation
import Testing
@testable import FleetHosts
@testable import FleetReleases

/// Pushes to a real shell that takes signed packages only.
@Suite struct SignedPushTests {
    let folder: TemporaryFolder
    let key: SSHKeyPair
    let stranger: SSHKeyPair
    let fleet: Fleet

    init() throws {
        folder = try TemporaryFolder()
        key = try SSHKeyPair(.ed25519, in: folder)
        stranger = try SSHKeyPair(.ed25519, in: folder, name: "stranger")
        for (name, text) in EngineFixture.hello { try folder.write(text, to: "packages/\(name)") }
        let host = "one: { address: 127.0.0.1, root: \(folder.path)/home }"
        try folder.write("defaults: { require_signed: true }\nhosts:\n  \(host)\n", to: "inventory/hosts.yaml")
        try folder.write("ana \(try key.publicFields)\n", to: "inventory/allowed_signers")
        let project = Project(folder: folder.path)
        fleet = Fleet(
            project: project, inventory: try project.inventory(home: folder.path),
            ssh: LocalTransport(directory: folder.path))
    }

    func build(signedBy key: SSHKeyPair? = nil) async throws -> BuiltPackage {
        try await PackageBuilder(fleet.project, signer: try key.map { try SigningFixture.signer($0) }).build("hello")
    }

    func push(
        _ package: BuiltPackage, to fleet: Fleet? = nil, _ options: PushOptions = PushOptions()
    ) async throws -> HostOutcome<PushOutcome> {
        let fleet = fleet ?? self.fleet
        return try #require(await fleet.push(package, to: fleet.inventory.hosts, options).first)
    }

    /// What was signed is what runs: changed files are noticed before each run on such a host.
    @Test func refusesWhatSomebodyChangedOnTheHost() async throws {
        let package = try await build(signedBy: key)
        #expect(try await push(package).value?.state == .pushed)
        let script = "\(folder.path)/home/packages/hello/\(package.version)/hello.sh"
        chmod(script, 0o644)
        try (try String(contentsOfFile: script, encoding: .utf8) + "echo more\n").write(
            toFile: script, atomically: false, encoding: .utf8)
        let failure = try #require(try await push(package).failure)
        #expect(failure.message.text(in: .english) == "hello is damaged on the host: hello.sh", "\(failure)")
    }

    /// The same host, when it took any package.
    func carelessFleet() throws -> Fleet {
        let text = try folder.read("inventory/hosts.yaml").replacing("require_signed: true", with: "")
        let file = try folder.write(text, to: "inventory/careless.yaml")
        return Fleet(
            project: fleet.project, inventory: try fleet.project.inventory(home: folder.path, file: file),
            ssh: LocalTransport(directory: folder.path))
    }

    func change() throws { try folder.write("echo \(Nonce().text)\n", to: "packages/hello/hello.sh") }

    func words(_ outcome: HostOutcome<PushOutcome>) -> String? {
        outcome.failure?.message.text(in: .english)
    }

    var current: String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: folder.path + "/home/packages/hello/current")
    }

    func signature(of package: BuiltPackage) throws -> String {
        try folder.read("home/packages/hello/\(package.version)/\(Manifest.signatureName)")
    }

    /// ssh-keygen on what lies on the host.
    func isVerifiedOnHost(_ package: BuiltPackage) throws -> Bool {
        let release = "\(folder.path)/home/packages/hello/\(package.version)"
        let words = [
            "ssh-keygen", "-Y", "verify", "-f", folder.path + "/inventory/allowed_signers", "-I", "ana", "-n",
            "fleet-package", "-s", "\(release)/.fleet-manifest.json.sig",
        ]
        let manifest = try Data(contentsOf: URL(fileURLWithPath: release + "/.fleet-manifest.json"))
        return (try? Program.run(words, input: Array(manifest))) != nil
    }

    // MARK: The master

    @Test func installsWhatAKnownKeySigned() async throws {
        let package = try await build(signedBy: key)
        let outcome = try await push(package)
        #expect(outcome.value?.state == .pushed, "\(words(outcome) ?? "")")
        #expect(outcome.value?.notes.isEmpty == true)
        #expect(try current == package.version && isVerifiedOnHost(package))
    }

    @Test func refusesAnUnsignedPackage() async throws {
        let outcome = try await push(try await build())
        #expect(outcome.failure?.kind == .push && outcome.failure?.hint != nil)
        #expect(words(outcome)?.hasSuffix("is not signed, and the host takes signed packages only") == true)
        #expect(current == nil)
    }

    @Test func refusesAStranger() async throws {
        let outcome = try await push(try await build(signedBy: stranger))
        #expect(outcome.failure?.kind == .push && outcome.failure?.hint != nil)
        #expect(words(outcome)?.contains("is signed by a stranger: SHA256:") == true)
        #expect(current == nil)
    }

    @Test(
        arguments: [
            ("namespaces=\"git\"", "who may not sign packages"),
            ("valid-before=\"20200101\"", "whose key does not count today"),
            ("namespaces=git", "needs a value in quotes"),
        ]) func refusesWhatTheLineDoesNotAllow(options: String, words: String) async throws
    {
        try folder.write("ana \(options) \(try key.publicFields)\n", to: "inventory/allowed_signers")
        let outcome = try await push(try await build(signedBy: key))
        #expect(outcome.failure?.kind == .push && self.words(outcome)?.contains(words) == true)
    }

    @Test func asksForTheFileOfSigners() async throws {
        try FileManager.default.removeItem(atPath: folder.path + "/inventory/allowed_signers")
        let outcome = try await push(try await build(signedBy: key))
        #expect(words(outcome)?.contains("there is no inventory/allowed_signers") == true)
    }

    @Test func refusesASignatureOfAnotherManifest() async throws {
        let first = try await build(signedBy: key)
        try change()
        let second = try await build()
        let folder = fleet.project.workFolder + "/packages/hello/"
        try FileManager.default.copyItem(
            atPath: "\(folder)\(first.version).sig", toPath: "\(folder)\(second.version).sig")
        #expect(try await words(push(try await build()))?.hasSuffix("is for something else") == true)
    }

    @Test func asksInADryRunToo() async throws {
        var options = PushOptions()
        options.dryRun = true
        #expect(try await push(try await build(), options).failure?.kind == .push)
    }

    @Test func takesAnySignatureWhereNoneIsAskedFor() async throws {
        let package = try await build(signedBy: stranger)
        #expect(try await push(package, to: try carelessFleet()).value?.state == .pushed)
    }

    // MARK: Archives

    @Test func writesArchivesAnewForAnotherSignature() async throws {
        let unsigned = try await build()
        let size = unsigned.archiveSize
        let signed = try await build(signedBy: key)
        #expect(signed.version == unsigned.version && signed.archiveSize > size)
        let again = try await build(signedBy: stranger)
        #expect(again.signature != signed.signature)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: again.archive))
        // Who does not sign leaves the signature as it is, and the archive with it.
        #expect(try await build().signature == again.signature)
        #expect(try Data(contentsOf: URL(fileURLWithPath: again.archive)) == bytes)
    }

    @Test func tellsASignatureFileThatIsDamaged() async throws {
        let package = try await build(signedBy: key)
        try folder.write("no", to: ".fleet/packages/hello/\(package.version).sig")
        await #expect(throws: EngineError.self) { try await build() }
        #expect(try await build(signedBy: key).signature == package.signature)
    }

    // MARK: Differences

    @Test func carriesTheSignatureInADifference() async throws {
        // Large enough for a difference to be worth its while.
        try folder.write((0..<4000).map { "\($0 * 7919)\n" }.joined(), to: "packages/hello/data")
        let first = try await build(signedBy: key)
        #expect(try await push(first).value?.base == nil)
        try change()
        let second = try await build(signedBy: key)
        let outcome = try await push(second)
        #expect(outcome.value?.base == first.version && outcome.value?.notes == [], "\(words(outcome) ?? "")")
        #expect(try signature(of: second) == second.signature?.text && isVerifiedOnHost(second))
        // And one more upon it, which counts the files of the release that it builds on.
        try change()
        let third = try await build(signedBy: key)
        #expect(try await push(third).value?.base == second.version)
        #expect(try isVerifiedOnHost(third))
    }

    @Test func leavesTheOldSignatureBehind() async throws {
        try folder.write((0..<4000).map { "\($0 * 7919)\n" }.joined(), to: "packages/hello/data")
        let first = try await build(signedBy: key)
        _ = try await push(first)
        try change()
        let second = try await build()
        let outcome = try await push(second, to: try carelessFleet())
        #expect(outcome.value?.base == first.version && outcome.value?.notes == [])
        #expect(throws: (any Error).self) { try signature(of: second) }
    }

    // MARK: The host

    /// What is on its way, or on a disk, is not what was signed.
    @Test func refusesOnTheHostWhatWasChangedOnItsWay() async throws {
        let first = try await build(signedBy: key)
        _ = try await push(first)
        try change()
        let package = try await build(signedBy: key)
        let other = try ManifestSignature(of: first.manifest, by: SigningFixture.signer(key))
        try repack(package, "cat >.fleet-manifest.json.sig", input: other.text)
        let outcome = try await push(package, whole)
        #expect(words(outcome) == "the host refuses hello: none of the allowed signers has signed its manifest")
        #expect(outcome.failure?.kind == .push && outcome.failure?.hint != nil)
        #expect(current == first.version)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/home/incoming").isEmpty)
    }

    @Test func refusesOnTheHostAnArchiveWithoutItsSignature() async throws {
        let package = try await build(signedBy: key)
        try repack(package, "rm .fleet-manifest.json.sig")
        let outcome = try await push(package, whole)
        #expect(words(outcome) == "the host refuses hello: the release there is not signed")
        #expect(current == nil)
    }

    /// The sums are not signed: they are compared with what the master made of the manifest.
    @Test func refusesPayloadAndSumsThatWereChangedTogether() async throws {
        let package = try await build(signedBy: key)
        let code = """
            echo "echo evil" >hello.sh
            sed '/  hello.sh$/d' .fleet-sums >sums && sha256sum hello.sh >>sums && mv sums .fleet-sums
            """
        try repack(package, code)
        let outcome = try await push(package, whole)
        #expect(words(outcome) == "a file of hello arrived damaged: .fleet-sums")
        #expect(current == nil)
    }

    private var whole: PushOptions {
        var options = PushOptions()
        options.whole = true
        return options
    }

    private func push(_ package: BuiltPackage, _ options: PushOptions) async throws -> HostOutcome<PushOutcome> {
        try await push(package, to: nil, options)
    }

    private func repack(_ package: BuiltPackage, _ code: String, input: String = "") throws {
        let line = """
            set -e; mkdir \(folder.path)/other; cd \(folder.path)/other; zstd -dc \(package.archive) | tar -xf -
            \(code)
            tar -cf - . | zstd -qf -o \(package.archive)
            """
        try Program.run(["sh", "-c", line], input: Array(input.utf8))
    }

    // MARK: What is there already

    @Test func signsAReleaseThatCameUnsigned() async throws {
        let careless = try carelessFleet()
        let package = try await build()
        _ = try await push(package, to: careless)
        #expect(try await push(package).failure?.kind == .push)
        let signed = try await build(signedBy: key)
        let outcome = try await push(signed)
        #expect(outcome.value?.state == .unchanged && outcome.value?.bytesSent == 0, "\(words(outcome) ?? "")")
        #expect(try isVerifiedOnHost(signed))
        // It still counts as it was installed, for a difference to build upon.
        try folder.write((0..<4000).map { "\($0 * 7919)\n" }.joined(), to: "packages/hello/data")
        let next = try await build(signedBy: key)
        #expect(try await push(next).value?.notes == [])
    }

    @Test func putsATrustedSignatureInThePlaceOfAStrangers() async throws {
        let package = try await build(signedBy: stranger)
        _ = try await push(package, to: try carelessFleet())
        let signed = try await build(signedBy: key)
        #expect(try await push(signed).value?.state == .unchanged)
        #expect(try signature(of: signed) == signed.signature?.text)
    }

    @Test func doesNotMakeCurrentWhatWasTamperedWith() async throws {
        let first = try await build(signedBy: key)
        _ = try await push(first)
        try change()
        let second = try await build(signedBy: key)
        _ = try await push(second)
        let manifest = "\(folder.path)/home/packages/hello/\(first.version)/.fleet-manifest.json"
        try Program.run(["sh", "-c", "chmod -R u+w \(folder.path)/home/packages/hello/*; echo >>\(manifest)"])
        let outcome = try await push(first)
        #expect(words(outcome) == "the host refuses hello: none of the allowed signers has signed its manifest")
        #expect(current == second.version)
    }

    // MARK: Ways back

    private func rollBack() async throws -> HostOutcome<Rollback> {
        try #require(await fleet.rollBack("hello", to: nil, on: fleet.inventory.hosts).first)
    }

    @Test func goesBackToWhatIsSigned() async throws {
        let first = try await build(signedBy: key)
        _ = try await push(first)
        try change()
        _ = try await push(try await build(signedBy: key))
        #expect(try await rollBack().value?.to == first.version)
        #expect(current == first.version)
    }

    @Test(arguments: [true, false]) func doesNotGoBackToWhatIsNot(isSigned: Bool) async throws {
        _ = try await push(try await build(signedBy: isSigned ? stranger : nil), to: try carelessFleet())
        try change()
        let second = try await build(signedBy: key)
        _ = try await push(second)
        #expect(try await rollBack().failure?.kind == .rollback)
        // Nor when nobody may sign any more.
        try folder.write("# nobody\n", to: "inventory/allowed_signers")
        #expect(try await rollBack().failure?.kind == .rollback)
        #expect(current == second.version)
    }

    // MARK: Checks

    private func verified(repairs: Bool = false) async throws -> Verification {
        let outcome = await fleet.verify([], on: fleet.inventory.hosts, repairs: repairs).first
        return try #require(outcome?.value, "\(String(describing: outcome?.failure))")
    }

    @Test func verifiesWhatAKnownKeySigned() async throws {
        _ = try await push(try await build(signedBy: key))
        let found = try await verified()
        #expect(Array(found.signatures.values) == [.good] && found.untrusted.isEmpty && found.damaged.isEmpty)
        // Who signed may no longer do so.
        try folder.write("bea \(try stranger.publicFields)\n", to: "inventory/allowed_signers")
        let later = try await verified()
        #expect(Array(later.signatures.values) == [.wrong] && later.untrusted.count == 1)
    }

    @Test(arguments: [true, false]) func findsAndSignsWhatNobodySignedWhoMay(isSigned: Bool) async throws {
        let package = try await build(signedBy: isSigned ? stranger : nil)
        _ = try await push(package, to: try carelessFleet())
        let found = try await verified()
        #expect(Array(found.signatures.values) == [isSigned ? .wrong : .missing])
        #expect(found.untrusted.count == 1 && found.damaged.isEmpty)
        let refused = try await verified(repairs: true)
        #expect(refused.repaired.isEmpty && refused.problems.count == 1)
        let signed = try await build(signedBy: key)
        #expect(try await verified(repairs: true).repaired == found.untrusted)
        #expect(try isVerifiedOnHost(signed))
        #expect(try await verified().untrusted.isEmpty)
    }

    /// It takes packages without a signature, and the project says who may sign.
    @Test func refusesAWrongSignatureOnAHostThatTakesAnything() async throws {
        let careless = try carelessFleet()
        let outcomes = { await careless.verify([], on: careless.inventory.hosts, repairs: false) }
        _ = try await push(try await build(), to: careless)
        #expect(await outcomes().first?.value?.untrusted == [])
        try change()
        _ = try await push(try await build(signedBy: stranger), to: careless)
        let found = try #require(await outcomes().first?.value)
        #expect(Set(found.signatures.values) == [.missing, .wrong] && found.untrusted.count == 1)
        try FileManager.default.removeItem(atPath: folder.path + "/inventory/allowed_signers")
        #expect(await outcomes().first?.value?.signatures == [:])
    }
}
