import FleetTesting
import Foundation
import Testing

/// `fleet serve` as a program: what it prints, and what it refuses before it begins.
@Suite struct ServeTests {
    private let fleet: FleetBinary

    init() throws { fleet = try FleetBinary.inProject() }

    /// - Returns: what a server has printed once it serves, on standard output and on standard error.
    private func printed(_ options: [String]) async throws -> FleetBinary.Result {
        let serving = try fleet.start(["serve", "--listen", "127.0.0.1:0"] + options)
        #expect(await eventually { serving.output.hasSuffix("\n") })
        serving.process.interrupt()
        return try serving.result()
    }

    /// What goes to a file, a pipe or a journal, others may read.
    @Test func printsNoSecretButOnATerminal() async throws {
        let result = try await printed([])
        #expect(result.output.hasPrefix("http://127.0.0.1:") && !result.output.contains("#"), "\(result)")
        #expect(result.error.contains("nobody gets in yet") && !result.error.contains("shown only now"), "\(result)")
        #expect(result.error.contains("fleet serve token --renew"))
        let json = try await printed(["--json"]).json()
        #expect(json["open"] is NSNull && (json["address"] as? String)?.hasPrefix("http://") == true)
    }

    @Test func printsTheCodeWhereThatIsWanted() async throws {
        let result = try await printed(["--print-code"])
        #expect(result.output.contains("/login#") && result.error.contains("shown only now"), "\(result)")
        let json = try await printed(["--print-code", "--json"]).json()
        #expect((json["open"] as? String)?.contains("/login#") == true)
    }

    @Test(arguments: [
        (["--name", "a b"], "is no name of a server"), (["--name", "https://a"], "is no name of a server"),
        (
            ["--tls-cert", "FOLDER/none", "--tls-key", "FOLDER/key"],
            "can't read FOLDER/none: No such file or directory"
        ),
        (["--tls-cert", "FOLDER/broken", "--tls-key", "FOLDER/key"], "FOLDER/broken is no certificate in PEM form"),
        (["--tls-cert", "FOLDER/cert", "--tls-key", "FOLDER/broken"], "FOLDER/broken is no private key in PEM form"),
        (
            ["--tls-cert", "FOLDER/cert", "--tls-key", "FOLDER/other"],
            "is not the one of the certificate in FOLDER/cert"
        ),
        (["--token-file", "FOLDER/broken"], "must hold one word"),
    ]) func refusesWithWordsThatHelp(options: [String], problem: String) throws {
        let folder = fleet.folder.path
        for (key, certificate) in [("key", "cert"), ("other", "unused")] {
            _ = try Program.run([
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
                "/CN=here", "-keyout", "\(folder)/\(key)", "-out", "\(folder)/\(certificate)",
            ])
        }
        try fleet.folder.write("two words\n", to: "broken")
        let options = options.map { $0.replacing("FOLDER", with: folder) }
        let problem = problem.replacing("FOLDER", with: folder)
        for words in [["serve"] + options, ["serve", "install", "--"] + options] {
            let result = try fleet.run(words)
            #expect(result.status != 0 && result.error.contains(problem), "\(words): \(result.error)")
        }
    }

    /// A unit that can't start is not written.
    @Test(arguments: [
        (["--bogus"], "unknown option"), (["token", "--renew"], "must be options of fleet serve"),
        (["--help"], "must be options of fleet serve"), (["--listen", "0.0.0.0:1"], "there is no TLS"),
        (["--tls-cert", "here.pem", "--tls-key", "here.pem"], "can't read"),
    ]) func writesNoUnitThatCantStart(options: [String], problem: String) throws {
        for words in [["serve", "install", "--"], ["serve", "install", "--print", "--"]] {
            let result = try fleet.run(words + options)
            #expect(result.status != 0 && result.error.contains(problem) && result.output.isEmpty, "\(result)")
        }
    }

    @Test func writesAUnitThatStarts() throws {
        let result = try fleet.run(
            "serve", "install", "--print", "--", "--listen", "127.0.0.1:7700", "--name", "fleet.example.org:443")
        #expect(result.status == 0 && result.output.contains("\"--listen\" \"127.0.0.1:7700\""), "\(result)")
    }
}
