import Foundation
import Testing

@testable import FleetCommands

/// The committed pages of docs/reference are those that this program writes.
@Suite struct ReferencePagesTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("docs/reference")

    @Test(arguments: PrintReference.pages.map(\.name)) func isCurrent(name: String) throws {
        let page = try #require(PrintReference.pages.first { $0.name == name })
        let kept = try? String(contentsOf: Self.folder.appendingPathComponent("\(name).md"), encoding: .utf8)
        #expect(kept == page.text, "docs/reference/\(name).md is out of date: scripts/reference")
    }

    @Test func thereIsNoPageThatNobodyWrites() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(Set(names) == Set(PrintReference.pages.map { "\($0.name).md" }))
    }

    @Test func writesIntoAFolder() throws {
        let fleet = try FleetBinary()
        #expect(try fleet.run("reference", "a/b").status == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: fleet.folder.path + "/a/b")
        #expect(names.count == PrintReference.pages.count)
    }
}
