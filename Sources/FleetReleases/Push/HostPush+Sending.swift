import FleetBase
import FleetConfig
import FleetHosts
import FleetPackage

/// How a release travels to a host.
extension HostPush {
    /// Where what the host has turns out not to fit, everything is sent.
    func send(
        _ release: SentRelease, _ status: PackageStatus, _ outcome: inout PushOutcome
    ) async throws(Failure) {
        let doubt =
            if release.isResumed {
                try await resume(release.stream, release.compression, &outcome)
            } else {
                try await install(release.stream, release.compression, &outcome)
            }
        guard let doubt else { return }
        guard release.base != nil || release.isResumed else { throw doubt }
        let reason = doubt.message
        outcome.notes.append(Message("everything was sent anew: \(reason)"))
        outcome.base = nil
        let whole = package.wholeStream
        try checkSpace(for: whole, on: status)
        let compression = whole.shrinks ? PackageArchive.Compression(for: status.tools) : nil
        if let doubt = try await install(whole, compression, &outcome) { throw doubt }
    }

    /// A difference does not say how much of the disk it takes: only a whole release is held against what is free.
    func checkSpace(for stream: PushStream, on status: PackageStatus) throws(Failure) {
        guard let free = status.free, let space = stream.space, space > free else { return }
        let (subject, name) = (subject, host.name)
        throw Failure(
            .push, Message("\(subject) takes \(space), and the host has \(free) left"),
            hint: Message("make room there, for instance with: fleet prune --hosts \(name)"))
    }

    /// Goes on where a push of the same stream was cut off.
    private func resume(
        _ stream: PushStream, _ compression: PackageArchive.Compression?, _ outcome: inout PushOutcome
    ) async throws(Failure) -> Failure? {
        let answer = try await shell.run(
            .arrived, [host.rootWord, ShellWord(stream.id)], deadline: .after(Fleet.asking * 3))
        guard answer.status == 0 else { return installation.failure(answer) }
        let arrived = Self.sizes(in: answer)
        let (sizes, folder) = (arrived, project.workFolder)
        let scratch = try await onDisk { Scratch(folder: try ScratchFolder(in: folder)) }
        let file = "\(scratch.folder.path)/rest"
        try await onDisk { try stream.rest(after: sizes, compression, to: file) }
        let doubt = try await installation.perform(file, of: stream, compression, mode: .resume, &outcome)
        outcome.notes.append(Message("this push went on where an earlier one was cut off"))
        return doubt
    }

    /// What `Scripts/arrived.sh` tells, by path. A path is compared with those of the stream and leads nowhere; a size that
    /// is none is none that arrived.
    private static func sizes(in answer: RemoteResult) -> [BytePath: Int64] {
        var sizes: [BytePath: Int64] = [:]
        for line in answer.output.split(separator: UInt8(ascii: "\n")) {
            let words = line.split(separator: UInt8(ascii: " "), maxSplits: 1)
            guard words.count == 2, words[1].starts(with: "./".utf8),
                let size = Int64(digits: String(decoding: words[0], as: UTF8.self)),
                HostAnswerLine.bytes.contains(size), let path = BytePath(words[1].dropFirst(2))
            else { continue }
            sizes[path] = size
        }
        return sizes
    }

    private func install(
        _ stream: PushStream, _ compression: PackageArchive.Compression?, _ outcome: inout PushOutcome
    ) async throws(Failure) -> Failure? {
        let archive = try await onDisk { try stream.archive(compression) }
        return try await installation.perform(archive, of: stream, compression, &outcome)
    }

    func onDisk<Value: Sendable>(
        _ body: @escaping @Sendable () throws -> Value
    ) async throws(Failure) -> Value {
        do {
            return try await ThreadExecutor.disk.run(body)
        } catch {
            throw Failure(onMaster: error)
        }
    }
}

/// Keeps a folder as long as somebody needs it.
private final class Scratch: Sendable {
    let folder: ScratchFolder
    init(folder: consuming ScratchFolder) { self.folder = folder }
}
