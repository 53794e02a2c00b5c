import FleetBase
import FleetConfig
import FleetPackage
import FoundationEssentials
import Glibc

extension PackageBuilder {
    /// The build step runs when the digest of its inputs differs from that of its last run, or an output is missing.
    func runBuildStep(of file: PackageFile, in folder: String, _ cache: inout DigestCache, _ alarm: Alarm) throws {
        guard let step = file.build else { return }
        let stamp = "\(buildFolder)/\(file.name).inputs"
        let digest = try inputDigest(of: step, of: file, in: folder, &cache)
        let isThere = step.outputs.allSatisfy { Disk.exists("\(folder)/\($0)") }
        guard !isThere || Disk.text(stamp) != digest.hex else { return }
        try Disk.makeFolder(buildFolder)
        try run(step, of: file, in: folder, alarm)
        try Disk.write(digest.hex, to: stamp)
    }

    private func inputDigest(
        of step: BuildStep, of file: PackageFile, in folder: String, _ cache: inout DigestCache
    ) throws -> Digest {
        let outputs = Set(step.outputs)
        let inputs = try FolderListing.files(below: folder) { isBase($0, of: file) }.filter { path in
            !outputs.contains(path.text) && (step.inputs.isEmpty || step.reads(path))
        }
        let lines = try inputs.map { path in "\(path)\t\(try cache.digest(of: "\(folder)/\(path)"))\n" }
        return FileDigest.of(Array((step.command.commandLine + "\n" + lines.joined()).utf8))
    }

    private func run(_ step: BuildStep, of file: PackageFile, in folder: String, _ alarm: Alarm) throws {
        let log = "\(buildFolder)/\(file.name).log"
        let end = try start(step, in: folder, log: log)?.wait(until: .after(step.timeout), orFor: alarm)
        guard end == .ended(.status(0)) else { throw problem(of: file.name, step, end, log) }
        let missing = step.outputs.first { !Disk.exists("\(folder)/\($0)") }
        if let missing {
            throw EngineError(.buildFailed, Message("the build step of \(file.name) did not make \(missing)"))
        }
    }

    /// A session of its own holds all that the step starts; a Ctrl-C on the terminal does not reach it by itself.
    private func start(_ step: BuildStep, in folder: String, log: String) throws(EngineError) -> ChildSession? {
        let output = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard output >= 0 else { throw EngineError(.packing, Message("can't write \(log)")) }
        defer { close(output) }
        let process = ChildProcess.spawn(
            step.command.map(\.text), quiet: true, descriptors: [STDOUT_FILENO: output, STDERR_FILENO: output],
            ownSession: true, directory: folder)
        return process.flatMap { ChildSession($0) }
    }

    private func problem(of name: String, _ step: BuildStep, _ end: ChildSession.End?, _ log: String) -> any Error {
        switch end {
        case .cancelled: return Failure(.cancelled, Message("cancelled"))
        case .timeOut:
            let seconds = Int(step.timeout.seconds)
            return EngineError(
                .buildFailed, Message("the build step of \(name) was ended after \(seconds) s"),
                hint: Message("its output is in \(log); timeout: below build: in package.yaml gives it longer"))
        case .ended, nil:
            let reason = (Disk.text(log) ?? "").split(separator: "\n").last.map(String.init) ?? ""
            return EngineError(
                .buildFailed, Message("the build step of \(name) failed: \(reason)"),
                hint: Message("its whole output is in \(log)"))
        }
    }
}
