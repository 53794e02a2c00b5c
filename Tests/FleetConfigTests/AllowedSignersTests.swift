import FleetBase
import FleetTesting
import Foundation
import Testing

@testable import FleetConfig

@Suite struct AllowedSignersTests {
    private static let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIuq7lSXrMyCrBWsNKdxnWGRDlTjbjyJE7bmVaaAyNV0"
    private static let blob = Base64.decode(key.dropFirst(12)) ?? []
    private static let now = Timestamp(milliseconds: 1_800_000_000_000)

    private func read(_ text: String) throws(ConfigError) -> AllowedSigners {
        try AllowedSigners(parsing: text, file: "signers")
    }

    private func answer(_ options: String, _ namespace: String = "fleet-package") throws -> AllowedSigners.Answer {
        try read("ana \(options) \(Self.key) a comment\n").answer(for: Self.blob, namespace: namespace, at: Self.now)
    }

    private func isSigner(_ options: String) throws -> Bool {
        if case .signer = try answer(options) { return true }
        return false
    }

    @Test func readsALine() throws {
        let signers = try read("# who\n\n  ana@home,eva \(Self.key) ana's key\r\n")
        #expect(signers.lines.map(\.principals) == ["ana@home,eva"] && signers.lines[0].key == Self.blob)
    }

    @Test func readsQuotedNames() throws {
        #expect(try read("\"ana b\" \(Self.key)").lines.map(\.principals) == ["ana b"])
    }

    @Test func doesNotKnowOtherKeys() throws {
        #expect(try read("ana \(Self.key)").answer(for: [1, 2], namespace: "fleet-package") == .stranger)
    }

    @Test(
        arguments: [
            ("", true), ("namespaces=\"fleet-package\"", true), ("namespaces=\"git,fleet-*\"", true),
            ("NAMESPACES=\"fleet-package\"", true), ("namespaces=\"git\"", false), ("namespaces=\"\"", false),
            ("namespaces=\"*,!fleet-package\"", false), ("valid-before=\"20990101\"", true),
            ("valid-before=\"20200101\"", false), ("valid-after=\"20200101\"", true),
            ("valid-after=\"209901010000\"", false),
            ("valid-after=\"20200101Z\",valid-before=\"20990101235959Z\"", true),
            ("namespaces=\"fleet-package\",valid-before=\"20200101Z\"", false),
        ]) func honoursOptions(options: String, expected: Bool) throws
    {
        #expect(try isSigner(options) == expected)
    }

    /// A line that no longer counts does not hide another one that does.
    @Test func takesTheLineThatCounts() throws {
        let text = "old valid-before=\"20200101\" \(Self.key)\nnew \(Self.key)\n"
        guard case .signer(let signer) = try read(text).answer(for: Self.blob, namespace: "x", at: Self.now) else {
            Issue.record("no line counts")
            return
        }
        #expect(signer.principals == "new")
    }

    @Test(
        arguments: [
            ("ana", "there is no key on the line"), ("ana ssh-ed25519", "the key of ana is damaged"),
            ("ana ssh-ed25519 AAAA", "the key of ana is damaged"),
            (key, "the line does not begin with a name, such as ana@example.org"),
            ("ana ssh-rsa AAAA", "a key of the kind ssh-rsa can't be checked"),
            ("ana sk-ssh-ed25519@openssh.com AAAA", "a key of the kind sk-ssh-ed25519@openssh.com can't be checked"),
            ("\"ana \(key)", "a quote has no end"),
            (
                "ana cert-authority \(key)",
                "fleet does not read certificates, so cert-authority can't be honoured"
            ),
            ("ana touch-required \(key)", "\"touch-required\" is neither an option nor a kind of key that fleet knows"),
            ("ana namespaces=git \(key)", "namespaces needs a value in quotes"),
            ("ana namespaces=\"git \(key)", "a quote has no end"),
            ("ana namespaces=\"a\",namespaces=\"b\" \(key)", "namespaces stands there twice"),
            ("ana valid-before=\"tomorrow\" \(key)", "valid-before: \"tomorrow\" is not a time"),
            ("ana valid-before=\"20270231\" \(key)", "valid-before: \"20270231\" is not a time"),
            (
                "ana valid-after=\"20270101\",valid-before=\"20260101\" \(key)",
                "valid-before is not later than valid-after"
            ),
        ]) func refusesLoudly(line: String, problem: String) throws
    {
        let error = #expect(throws: ConfigError.self) { try read("# first\n\(line)\n") }
        #expect(error?.message.text(in: .english) == "signers:2:1: \(problem)")
    }

    @Test func readsAnything() {
        var generator = SystemRandomNumberGenerator()
        let words = ["ana", " ", "\t", "\"", ",", "=", "namespaces=", "\\", "ssh-ed25519", "AAAA", "é", "\n", "#", "!"]
        for _ in 0..<2000 {
            let text = (0..<Int.random(in: 0...12)).map { _ in words.randomElement(using: &generator) ?? "" }.joined()
            _ = try? read(text)
        }
    }
}
