import FleetTesting
import Foundation
import Testing

@testable import FleetBase

@Suite struct ChildProcessTests {
    /// Foundation opens files without O_CLOEXEC: no child may keep one open.
    @Test func getsNoDescriptorButItsStreams() throws {
        let folder = try TemporaryFolder()
        let kept = open(folder.path + "/kept", O_WRONLY | O_CREAT, 0o600)
        let said = open(folder.path + "/said", O_WRONLY | O_CREAT, 0o600)
        defer { for file in [kept, said] { close(file) } }
        let process = ChildProcess.spawn(
            ["/bin/sh", "-c", "for d in /proc/$$/fd/*; do readlink $d || :; done"], descriptors: [STDOUT_FILENO: said])
        #expect(process.flatMap(ChildProcess.wait) == .status(0))
        let targets = try folder.read("said")
        #expect(targets.contains("/said") && !targets.contains("/kept"))
    }
}
