import FleetBase
import FleetTesting
import Foundation
import Testing

@testable import FleetSSH

extension Integration {
    /// Logins on a real sshd, with keys from files and from a real ssh-agent.
    @Suite struct LoginTests {
        private let bench: SSHBench

        init() throws { bench = try SSHBench() }

        @Test(arguments: SSHKeyPair.Kind.allCases) func withAKeyFile(kind: SSHKeyPair.Kind) async throws {
            let key = try SSHKeyPair(kind, in: bench.folder, name: "key")
            let server = try bench.server(authorized: [key])
            #expect(await bench.failure(try bench.destination(server, key: key)) == nil)
        }

        @Test(arguments: [SSHKeyPair.Format.pkcs8, .traditional]) func withAPEMFile(format: SSHKeyPair.Format)
            async throws
        {
            let key = try SSHKeyPair(.rsa2048, in: bench.folder, name: "key", format: format)
            let server = try bench.server(authorized: [key])
            #expect(await bench.failure(try bench.destination(server, key: key)) == nil)
        }

        @Test(arguments: [SSHKeyPair.Kind.ed25519, .ecdsa256, .ecdsa384, .ecdsa521, .rsa3072])
        func withAnAgent(kind: SSHKeyPair.Kind) async throws {
            let key = try SSHKeyPair(kind, in: bench.folder, name: "key")
            let agent = try SSHAgentProcess([key])
            let server = try SSHServer(authorized: [key])
            try bench.trust(try server.knownHostsLine())
            let transport = bench.transport(environment: ["SSH_AUTH_SOCK": agent.socket])
            #expect(await bench.failure(try bench.destination(server), transport) == nil)
        }

        @Test func rsaKeysSignWithSHA2() async throws {
            let key = try SSHKeyPair(.rsa2048, in: bench.folder, name: "key")
            let server = try bench.server(authorized: [key], options: ["PubkeyAcceptedAlgorithms rsa-sha2-256"])
            #expect(await bench.failure(try bench.destination(server, key: key)) == nil)
        }

        @Test func withAnECDSAHostKeyOnly() async throws {
            let server = try bench.server(hostKeys: [.ecdsa384])
            #expect(await bench.failure(try bench.destination(server)) == nil)
        }

        @Test func triesKeysInTheirOrder() async throws {
            let server = try bench.server()
            let other = try SSHKeyPair(.ecdsa256, in: bench.folder, name: "other")
            var destination = try bench.destination(server)
            destination.identityFiles = [bench.folder.path + "/missing", other.path, bench.key.path]
            #expect(await bench.failure(destination) == nil)
        }

        @Test func withIdentitiesOnlyTheAgentsOtherKeysStayAtHome() async throws {
            let others = try (0..<6).map { try SSHKeyPair(.ed25519, in: bench.folder, name: "other\($0)") }
            let agent = try SSHAgentProcess(others + [bench.key])
            let server = try bench.server(options: ["MaxAuthTries 2"])
            let transport = bench.transport(config: "IdentitiesOnly yes", environment: ["SSH_AUTH_SOCK": agent.socket])
            #expect(await bench.failure(try bench.destination(server), transport) == nil)
        }

        @Test func identitiesOnlyTakesAPublicKeyAsAName() async throws {
            let agent = try SSHAgentProcess([bench.key])
            let server = try bench.server()
            var destination = try bench.destination(server)
            destination.identityFiles = [bench.key.path + ".pub"]
            let transport = bench.transport(config: "IdentitiesOnly yes", environment: ["SSH_AUTH_SOCK": agent.socket])
            #expect(await bench.failure(destination, transport) == nil)
        }

        @Test func anAgentThatIsGoneIsNoHindrance() async throws {
            let server = try bench.server()
            let transport = bench.transport(environment: ["SSH_AUTH_SOCK": bench.folder.path + "/gone"])
            #expect(await bench.failure(try bench.destination(server), transport) == nil)
        }

        @Test func asksForAPassphraseOnce() async throws {
            let locked = try SSHKeyPair(.ed25519, in: bench.folder, name: "locked", passphrase: "secret")
            let server = try bench.server(authorized: [locked])
            let environment = try askpass("secret")
            let transport = bench.transport(environment: environment)
            let destination = try bench.destination(server, key: locked)
            #expect(await bench.failure(destination, transport) == nil)
            #expect(await bench.failure(destination, transport) == nil)
            #expect(try bench.folder.read("asked") == "asked\n")
            await transport.close()
        }

        @Test func theAgentForPassphrasesEndsWithTheTransport() async throws {
            let locked = try SSHKeyPair(.ed25519, in: bench.folder, name: "locked", passphrase: "secret")
            let agent = PassphraseAgent(environment: try askpass("secret"))
            guard case .agent(let client, _) = agent.unlock(locked.path) else {
                Issue.record("the key was not unlocked")
                return
            }
            let folder = URL(fileURLWithPath: client.socketPath).deletingLastPathComponent().path
            #expect(Processes.withArguments(holding: client.socketPath).count == 1)
            agent.stop()
            #expect(await eventually { Processes.withArguments(holding: client.socketPath).isEmpty })
            #expect(!FileManager.default.fileExists(atPath: folder))
        }

        @Test func theAgentForPassphrasesEndsWithAKilledProcess() async throws {
            let locked = try SSHKeyPair(.ed25519, in: bench.folder, name: "locked", passphrase: "secret").path
            let (environment, note) = (try askpass("secret"), bench.folder.path + "/socket")
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [
                    environment = environment as [String: String], locked = locked as String, note = note as String
                ] in
                guard case .agent(let client, _) = PassphraseAgent(environment: environment).unlock(locked) else {
                    return
                }
                try client.socketPath.write(toFile: note, atomically: true, encoding: .utf8)
                kill(getpid(), SIGKILL)
            }
            let socket = try bench.folder.read("socket")
            let folder = URL(fileURLWithPath: socket).deletingLastPathComponent().path
            #expect(await eventually(within: .seconds(30)) { Processes.withArguments(holding: socket).isEmpty })
            #expect(await eventually { !FileManager.default.fileExists(atPath: folder) })
        }

        @Test func aWrongPassphraseIsToldAsOne() async throws {
            let locked = try SSHKeyPair(.ed25519, in: bench.folder, name: "locked", passphrase: "secret")
            let server = try bench.server(authorized: [locked])
            let transport = bench.transport(environment: try askpass("wrong"))
            #expect(await bench.failure(try bench.destination(server, key: locked), transport)?.kind == .auth)
            await transport.close()
        }

        @Test func nobodyIsAskedForAKeyThatTheAgentHolds() async throws {
            let locked = try SSHKeyPair(.ed25519, in: bench.folder, name: "locked", passphrase: "secret")
            let environment = try askpass("secret")
            let agent = try SSHAgentProcess([])
            try Program.run(
                ["ssh-add", "-q", locked.path], environment: environment.merging(["SSH_AUTH_SOCK": agent.socket]) { $1 }
            )
            try bench.folder.write("", to: "asked")
            let server = try bench.server(authorized: [locked])
            let transport = bench.transport(environment: environment.merging(["SSH_AUTH_SOCK": agent.socket]) { $1 })
            #expect(await bench.failure(try bench.destination(server, key: locked), transport) == nil)
            #expect(try bench.folder.read("asked").isEmpty)
        }

        @Test func showsTheHostKeyWithoutTrustingIt() async throws {
            let server = try SSHServer(authorized: [bench.key])
            let key = try await bench.transport().hostKey(
                of: try bench.destination(server), deadline: .after(.seconds(20)))
            #expect(key.line == (try server.hostKeys[0].publicFields))
        }

        /// A program that answers ssh-add's question and leaves a line in the file `asked` each time.
        private func askpass(_ passphrase: String) throws -> [String: String] {
            // Asked again after a wrong passphrase it gives up, as a person would.
            let asked = bench.folder.path + "/asked"
            let text = "#!/bin/sh\n[ -s \(asked) ] || echo \(passphrase)\necho asked >>\(asked)\n"
            let path = try bench.folder.write(text, to: "askpass-\(passphrase)")
            chmod(path, 0o755)
            return ["SSH_ASKPASS": path, "SSH_ASKPASS_REQUIRE": "force"]
        }
    }
}
