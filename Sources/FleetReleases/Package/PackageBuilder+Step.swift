import FleetBase
import FleetConfig
import FleetHosts
import FleetPackage
import FoundationEssentials
import Glibc

extension PackageBuilder {
    /// Runs the package's build step and those of its engines.
    ///
    /// - Returns: the engines that this machine has not got the tool for.
    func runBuildSteps(
        of file: PackageFile, in folder: String, _ cache: inout DigestCache, _ alarm: Alarm
    ) throws -> [MissingEngine] {
        if let step = file.build { try runWhereChanged(step, of: file, named: file.name, in: folder, &cache, alarm) }
        var missing: [MissingEngine] = []
        for engine in file.engines {
            guard let step = engine.build else { continue }
            let name = "\(file.name).\(engine.name)"
            do {
                try runWhereChanged(step, of: file, named: name, in: folder, &cache, alarm)
            } catch let error as MissingTool {
                missing.append(MissingEngine(name: engine.name, tool: error.name))
            }
        }
        guard let first = missing.first, missing.count == file.engines.count else { return missing }
        throw EngineError(
            .buildFailed, Message("no engine of \(file.name) can be built here: \(first.tool) is not on the PATH"),
            hint: Message("install it, or build on a machine that has it"))
    }

    /// The build step runs when the digest of its inputs differs from that of its last run, or an output is missing.
    ///
    /// - Parameter name: of its stamp and its log.
    private func runWhereChanged(
        _ step: BuildStep, of file: PackageFile, named name: String, in folder: String, _ cache: inout DigestCache,
        _ alarm: Alarm
    ) throws {
        let stamp = "\(buildFolder)/\(name).inputs"
        let digest = try inputDigest(of: step, of: file, in: folder, &cache)
        let isThere = step.outputs.allSatisfy { Disk.exists("\(folder)/\($0)") }
        guard !isThere || Disk.text(stamp) != digest.hex else { return }
        if let tool = step.tool, !Disk.isOnPath(tool) { throw MissingTool(name: tool) }
        try Disk.makeFolder(buildFolder)
        try events.step(.build, name) { try run(step, of: name, in: folder, alarm) }
        try Disk.write(digest.hex, to: stamp)
    }

    private func inputDigest(
        of step: BuildStep, of file: PackageFile, in folder: String, _ cache: inout DigestCache
    ) throws -> Digest {
        let outputs = Set(step.outputs.map { Array($0.utf8) })
        let inputs = try FolderListing.entries(below: folder) { path, kind in
            isBase(path, of: file) || file.content.isLeaving(path, isFolder: kind == .folder)
        }
        let lines = try inputs.filter { path, kind in
            kind != .other && !outputs.contains(path.bytes) && (step.inputs.isEmpty || step.reads(path))
        }.map { path, kind in
            let place = FilePlace(path, in: folder)
            let digest = try kind == .link ? ArchivedFile(path: path, place: place).digest() : cache.digest(of: place)
            return "\(path.escaped)\t\(digest)\n"
        }
        return FileDigest.of(Array((step.command.commandLine + "\n" + lines.joined()).utf8))
    }

    private func run(_ step: BuildStep, of name: String, in folder: String, _ alarm: Alarm) throws {
        let log = "\(buildFolder)/\(name).log"
        let told = BuildLog(log, events)
        let end = try start(step, in: folder, log: log)?
            .wait(until: .after(step.timeout), orFor: alarm, looking: told.tell)
        guard end == .ended(.status(0)) else { throw problem(of: name, step, end, log) }
        let missing = step.outputs.first { !Disk.exists("\(folder)/\($0)") }
        if let missing {
            throw EngineError(.buildFailed, Message("the build step of \(name) did not make \(missing)"))
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
            let lines = (Disk.text(log) ?? "").split(separator: "\n")
            // Compilers say it first, and show the place below.
            let reason = (lines.first { $0.contains("error:") } ?? lines.last).map(String.init) ?? ""
            return EngineError(
                .buildFailed, Message("the build step of \(name) failed: \(reason)"),
                hint: Message("its whole output is in \(log)"))
        }
    }
}

/// An engine that is left out of a package, since the master lacks what builds it.
package struct MissingEngine: Sendable, Hashable {
    package let name: String
    package let tool: String
}

/// The program of a build step is not on this machine.
private struct MissingTool: DescribedError {
    let name: String

    var message: Message { Message("\(name), which the build step needs, is not on the PATH") }
    var hint: Message? { Message("install it, or build on a machine that has it") }
    var exitCode: ExitCode { .badConfiguration }
}
