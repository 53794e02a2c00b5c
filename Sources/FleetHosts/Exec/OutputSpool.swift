package import FleetBase
import Glibc
import Synchronization

/// Keeps all that one command writes: a little in memory, and what is more in files without a name, which are gone with
/// this program.
///
/// `take` comes from an event loop and never writes to the disk: a thread of its own does, and the loop reads no further
/// while that is behind.
package final class OutputSpool: Sendable {
    private static let inMemory = 256 << 10
    private static let mostPending = 4 << 20

    private struct State {
        var pending: [[UInt8]] = [[], []]
        var sizes: [Int64] = [0, 0]
        var files: [SpoolFile?] = [nil, nil]
        var isWriting = false
        var writer: Task<Void, Never>?
        var problem: Failure?
    }

    private let makeFile: @Sendable () throws(Failure) -> SpoolFile
    private let state = Mutex(State())

    /// - Parameter folder: on the disk that takes what is too much for the memory.
    package convenience init(in folder: String) {
        self.init { () throws(Failure) in try SpoolFile(in: folder) }
    }

    /// - Parameter makeFile: makes a file for one stream.
    init(_ makeFile: @escaping @Sendable () throws(Failure) -> SpoolFile) { self.makeFile = makeFile }

    package func take(_ stream: CommandLine.Stream, _ bytes: UnsafeRawBufferPointer) -> CommandLine.Demand {
        state.withLock { state in
            guard state.problem == nil else { return .finished }
            let index = stream == .output ? 0 : 1
            state.pending[index] += bytes
            state.sizes[index] += Int64(bytes.count)
            if !state.isWriting, state.pending.contains(where: { $0.count > Self.inMemory }) {
                state.isWriting = true
                state.writer = Task { while await ThreadExecutor.writers.run({ self.writeSome() }) {} }
            }
            return .more
        }
    }

    /// Whether more is in memory than should be.
    package var isBehind: Bool {
        state.withLock { $0.isWriting && $0.pending.contains { $0.count > Self.mostPending } }
    }

    /// What is there now, so that others have their turn after it.
    ///
    /// - Returns: false when no more is in memory than may be.
    private func writeSome() -> Bool {
        let (chunks, files) = state.withLock { state in
            let isDone = state.pending.allSatisfy { $0.count <= Self.inMemory } || state.problem != nil
            state.isWriting = !isDone
            let chunks = isDone ? [[], []] : state.pending
            if !isDone { state.pending = [[], []] }
            return (chunks, state.files)
        }
        guard chunks.contains(where: { !$0.isEmpty }) else { return false }
        do throws(Failure) {
            let written = try append(chunks, to: files)
            state.withLock { $0.files = written }
            return true
        } catch {
            state.withLock { ($0.problem, $0.isWriting, $0.pending) = (error, false, [[], []]) }
            return false
        }
    }

    private func append(_ chunks: [[UInt8]], to files: [SpoolFile?]) throws(Failure) -> [SpoolFile?] {
        var files = files
        for index in chunks.indices where !chunks[index].isEmpty {
            if files[index] == nil { files[index] = try makeFile() }
            try files[index]?.append(chunks[index])
        }
        return files
    }

    /// What was written, once the command has ended.
    ///
    /// - Throws: master, when not all of it could be kept.
    package func finish() async throws(Failure) -> (output: SpooledStream, error: SpooledStream) {
        await state.withLock(\.writer)?.value
        let (problem, files, pending, sizes) = state.withLock { ($0.problem, $0.files, $0.pending, $0.sizes) }
        if let problem { throw problem }
        let streams = (0..<2).map { SpooledStream(size: sizes[$0], file: files[$0], rest: pending[$0]) }
        return (streams[0], streams[1])
    }
}

/// One stream of a command that has ended.
package struct SpooledStream: Sendable, Hashable {
    package let size: Int64
    /// What comes first, where it was too much for the memory.
    fileprivate let file: SpoolFile?
    fileprivate let rest: [UInt8]

    package static let empty = SpooledStream(size: 0, file: nil, rest: [])

    fileprivate init(size: Int64, file: SpoolFile?, rest: [UInt8]) {
        (self.size, self.file, self.rest) = (size, file, rest)
    }

    private static let chunk = 256 << 10

    /// Blocks while the file is read.
    package func forEachChunk(_ body: ([UInt8]) -> Void) {
        for position in stride(from: 0, to: size, by: Self.chunk) { body(chunk(at: position)) }
    }

    /// The first bytes, no more than so many.
    package func prefix(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        forEachChunk { if bytes.count < count { bytes += $0.prefix(count - bytes.count) } }
        return bytes
    }

    private func chunk(at position: Int64) -> [UInt8] {
        let inFile = size - Int64(rest.count)
        guard position < inFile else { return Array(rest.dropFirst(Int(position - inFile)).prefix(Self.chunk)) }
        let bytes = file?.read(at: position, count: Int(min(Int64(Self.chunk), inFile - position))) ?? []
        return bytes + rest.prefix(Self.chunk - bytes.count)
    }

    package static func == (left: SpooledStream, right: SpooledStream) -> Bool {
        guard left.size == right.size else { return false }
        return stride(from: 0, to: left.size, by: chunk).allSatisfy { left.chunk(at: $0) == right.chunk(at: $0) }
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(size) }
}

/// A file without a name.
final class SpoolFile: Sendable {
    private let descriptor: CInt

    /// Owns the descriptor from now on.
    init(_ descriptor: CInt) { self.descriptor = descriptor }

    convenience init(in folder: String) throws(Failure) {
        try? Disk.makeFolder(folder)
        guard let made = Descriptor.temporaryFile(beside: folder + "/output") else {
            throw Self.failure(folder)
        }
        self.init(made.descriptor)
        unlink(made.path)
    }

    deinit { close(descriptor) }

    private static func failure(_ folder: String) -> Failure {
        let reason = Message(systemError: errno)
        return Failure(
            .master, Message("this machine can't keep the output in \(folder): \(reason)"),
            hint: Message("make room there, or have one host write to a pipe: fleet exec --quiet --hosts HOST"))
    }

    func append(_ bytes: [UInt8]) throws(Failure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.failure("its temporary file") }
            rest = rest.dropFirst(count)
        }
    }

    /// The bytes were all written, so a file gives as many as it is asked for.
    func read(at position: Int64, count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = max(0, pread(descriptor, buffer.baseAddress, count, off_t(position)))
        }
    }
}
