import FleetTesting
import Foundation
import Testing

/// Whether this machine has a browser; says loudly when not.
private enum Chromium {
    static let isThere: Bool = {
        guard (try? Program.path("chromium")) == nil else { return true }
        FileHandle.standardError.write(
            Data("SKIPPED: tests of the pages: there is no chromium; scripts/setup --all\n".utf8))
        return false
    }()
}

/// The pages in Chromium: see Tests/Browser.
@Suite(.serialized, .enabled(if: Chromium.isThere)) struct BrowserTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    @Test(arguments: ["test_pages.py", "test_many_hosts.py", "test_chat.py", "test_api.py"]) func pagesWorkInABrowser(
        file: String
    ) throws {
        try Program.run(
            [Self.root.path + "/scripts/browser", Self.root.path + "/Tests/Browser/" + file],
            environment: ["FLEET": Program.fleet])
    }
}
