import FleetBase
import FleetTesting
import Foundation
import Testing

@testable import FleetPackage

extension TemporaryFolder {
    func link(_ name: String, to target: String) throws {
        let path = path + "/" + name
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    }

    func setMode(_ name: String, _ mode: Int) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path + "/" + name)
    }

    func manifest(metadata: JSONValue = .object([:])) throws -> Manifest {
        let payload = Payload(
            name: "demo", version: "1.0.0", metadata: metadata, folder: path,
            files: try FolderListing.files(below: path))
        var cache = DigestCache(path: path + "/no-such-cache")
        return try payload.manifest(using: &cache)
    }

    /// What is in a folder: path, bytes or target, and whether it can be executed.
    func content(of folder: String) throws -> [String: String] {
        var content: [String: String] = [:]
        for path in try FolderListing.files(below: folder) where !path.text.hasPrefix(".fleet-") {
            let whole = "\(folder)/\(path)"
            if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: whole) {
                content[path.text] = "-> \(target)"
            } else {
                let bytes = try Data(contentsOf: URL(fileURLWithPath: whole))
                content[path.text] =
                    "\(FileManager.default.isExecutableFile(atPath: whole)) \(bytes.base64EncodedString())"
            }
        }
        return content
    }
}

/// Unpacks an archive with fleet's own reader.
func extract(
    _ archive: String, into folder: String, limits: ExtractionLimits = ExtractionLimits(),
    from sender: ArchiveReader.Sender = .fleet, origin: ArchiveOrigin? = nil
) throws -> Extraction {
    let file = try OpenFile(reading: archive)
    return try ArchiveReader(descriptor: file.descriptor, from: sender)
        .extract(into: folder, limits: limits, origin: origin)
}

func bytes(of path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

/// The output of a program, nothing when it fails.
@discardableResult
func output(
    of words: String..., words more: [String] = [], in folder: String = "/", input: String = ""
) throws -> String? {
    let process = Process()
    let output = Pipe()
    let source = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words + more
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardOutput = output
    process.standardInput = source
    try process.run()
    try source.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try source.fileHandleForWriting.close()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
}

/// Runs `body`, and gives the code of the error it throws.
func code(of body: () throws -> Void) -> PackageError.Code? {
    do {
        try body()
        return nil
    } catch {
        return (error as? PackageError)?.code
    }
}
