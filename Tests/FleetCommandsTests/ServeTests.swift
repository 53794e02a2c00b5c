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
}
