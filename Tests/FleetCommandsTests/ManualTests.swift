import FleetArguments
import FleetBase
import FleetTesting
import Foundation
import Testing

@testable import FleetCommands

/// The manual pages, as the two formatters that people have read them.
@Suite struct ManualTests {
    private let fleet: FleetBinary
    private let names: [String]

    init() throws {
        fleet = try FleetBinary()
        #expect(try fleet.run("man", "share").status == 0)
        names = try FileManager.default.contentsOfDirectory(atPath: fleet.folder.path + "/share/man1").sorted()
    }

    @Test func thereIsAPageForEveryCommandThatHelpShows() {
        let wanted = HelpTests.paths.filter { path in
            !path.isEmpty && path != ["man"] && path != ["reference"] && path != ["lab", "serve"]
        }
        let missing = wanted.map { (["fleet"] + $0).joined(separator: "-") + ".1" }.filter { !names.contains($0) }
        #expect(missing.isEmpty, "\(missing)")
        #expect(names.contains("fleet.1") && names.contains("fleet-package-new.1") && !names.contains("fleet-man.1"))
    }

    @Test(arguments: ["share/man1", "share/es/man1"]) func groffFindsNothingWrong(folder: String) throws {
        let script = "for page in \"$@\"; do groff -man -Tutf8 -ww -rLL=78n -z \"$page\" 2>&1; done"
        let pages = names.map { "\(fleet.folder.path)/\(folder)/\($0)" }
        #expect(try Program.text(["sh", "-c", script, "sh"] + pages).isEmpty)
    }

    @Test(
        .enabled(
            if: (try? Program.path("mandoc")) != nil,
            "SKIPPED, mandoc is not on this machine: scripts/setup installs it"),
        arguments: ["share/man1", "share/es/man1"])
    func mandocFindsNothingWrong(folder: String) throws {
        let pages = names.map { "\(fleet.folder.path)/\(folder)/\($0)" }
        let found = try Program.text(["sh", "-c", "mandoc -Tlint -Wwarning \"$@\" 2>&1 || :", "sh"] + pages)
        #expect(found.isEmpty, "\(found)")
    }

    @Test func aPageHasEverySection() throws {
        let page = try shown("man1/fleet-push.1")
        for title in [
            "NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXAMPLES", "EXIT STATUS", "ENVIRONMENT", "FILES", "SEE ALSO",
        ] {
            #expect(page.contains("\n\(title)\n"), "\(title)")
        }
        #expect(page.contains("fleet-push - bring packages to hosts"))
        #expect(page.contains("fleet push --all\n"))
        #expect(page.contains("fleet-package(1), fleet-run(1), fleet(1)"))
        #expect(page.contains("fleet \(FleetProgram.version)"))
    }

    @Test func aPageSpeaksSpanish() throws {
        let page = try shown("es/man1/fleet-push.1")
        #expect(page.contains("\nDESCRIPCIÓN\n") && page.contains("\nVÉASE TAMBIÉN\n"))
        #expect(page.contains("lleva todos los paquetes a todos los hosts"))
    }

    /// What is typed can be copied out of the page: hyphens and quotes are those of the keyboard.
    @Test func anExampleCanBeCopied() throws {
        #expect(try shown("man1/fleet-exec.1").contains("fleet exec --group lab 'df -h / | tail -1'\n"))
        #expect(try shown("man1/fleet-init.1").contains("fleet init ~/work\n"))
    }

    @Test func itsDateIsWhatTheBuilderSays() throws {
        var fleet = fleet
        fleet.environment = ["SOURCE_DATE_EPOCH": "0"]
        #expect(try fleet.run("man").output.hasPrefix(".TH \"FLEET\" 1 1970-01-01 "))
        fleet.environment = ["SOURCE_DATE_EPOCH": "99999999999999999999"]
        #expect(try fleet.run("man").output.hasPrefix(".TH \"FLEET\" 1 20"))
    }

    private func shown(_ page: String) throws -> String {
        let path = "\(fleet.folder.path)/share/\(page)"
        let text = try Program.run(["groff", "-man", "-Tutf8", "-P-cbou", "-rLL=78n", path])
        return "\n" + String(decoding: text, as: UTF8.self)
    }
}
