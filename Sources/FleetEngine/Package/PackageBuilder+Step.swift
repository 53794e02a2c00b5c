import FleetBase
import FleetConfig
import FleetPackage
import FoundationEssentials
import Glibc

extension PackageBuilder {
    /// The build step runs when the digest of its inputs differs from that of its last run, or an output is missing.
    func runBuildStep(of file: PackageFile, in folder: String, _ cache: inout DigestCache) throws {
        guard let step = file.build else { return }
        let stamp = "\(buildFolder)/\(file.name).inputs"
        let digest = try inputDigest(of: step, in: folder, &cache)
        let isThere = step.outputs.allSatisfy { Disk.exists("\(folder)/\($0)") }
        guard !isThere || Disk.text(stamp) != digest.hex else { return }
        try Disk.makeFolder(buildFolder)
        try run(step, of: file, in: folder)
        try Disk.write(digest.hex, to: stamp)
    }

    private func inputDigest(of step: BuildStep, in folder: String, _ cache: inout DigestCache) throws -> Digest {
        let outputs = Set(step.outputs)
        let inputs = try FolderListing.files(below: folder).filter { path in
            !outputs.contains(path.text) && (step.inputs.isEmpty || step.reads(path))
        }
        let lines = try inputs.map { path in "\(path)\t\(try cache.digest(of: "\(folder)/\(path)"))\n" }
        return FileDigest.of(Array((step.command.commandLine + "\n" + lines.joined()).utf8))
    }

    private func run(_ step: BuildStep, of file: PackageFile, in folder: String) throws(EngineError) {
        let log = "\(buildFolder)/\(file.name).log"
        let output = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        defer { close(output) }
        let process = ChildProcess.spawn(
            step.command.map(\.text), quiet: true, descriptors: [STDOUT_FILENO: output, STDERR_FILENO: output],
            directory: folder)
        guard let process, ChildProcess.wait(process) == .status(0) else {
            let reason = (Disk.text(log) ?? "").split(separator: "\n").last.map(String.init) ?? ""
            throw EngineError(
                .buildFailed, Message("the build step of \(file.name) failed: \(reason)"),
                hint: Message("its whole output is in \(log)"))
        }
        let missing = step.outputs.first { !Disk.exists("\(folder)/\($0)") }
        if let missing {
            throw EngineError(.buildFailed, Message("the build step of \(file.name) did not make \(missing)"))
        }
    }
}
