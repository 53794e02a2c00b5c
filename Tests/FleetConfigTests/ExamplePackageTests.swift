import FleetTesting
import Foundation
import Testing

@testable import FleetConfig

/// The packages that the program has in itself are those in packages/, file by file.
@Suite struct ExamplePackageTests {
    private static let packages = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("packages").path

    @Test(arguments: ExamplePackage.allCases)
    func isTheOneInTheRepository(example: ExamplePackage) throws {
        let folder = try TemporaryFolder()
        let written = try example.write(in: Project(folder: folder.path))
        let name = example.rawValue
        let kept = try Program.text(["git", "-C", Self.packages, "ls-files", name]).split(separator: "\n")
        #expect(written.sorted() == kept.map { "packages/\($0)" }.sorted())
        for file in kept {
            let (here, there) = ("\(folder.path)/packages/\(file)", "\(Self.packages)/\(file)")
            #expect(FileManager.default.contentsEqual(atPath: here, andPath: there), "\(file)")
            let modes = try [here, there].map {
                let mode = try FileManager.default.attributesOfItem(atPath: $0)[.posixPermissions] as? Int ?? 0
                return mode & 0o100
            }
            #expect(modes[0] == modes[1], "\(file)")
        }
    }

    @Test(arguments: ExamplePackage.allCases)
    func takesAnotherName(example: ExamplePackage) throws {
        let folder = try TemporaryFolder()
        let project = Project(folder: folder.path)
        _ = try example.write(named: "mine", in: project)
        #expect(try project.package("mine").name == "mine")
        #expect(try project.package("mine").parameters.isEmpty == false)
        #expect(throws: ConfigError.self) { try example.write(named: "mine", in: project) }
        #expect(throws: ConfigError.self) { try example.write(named: "../mine", in: project) }
    }
}
