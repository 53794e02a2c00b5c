import FleetBase
import FleetConfig
import FleetEvents
import Glibc

/// How far a broker has acknowledged the feed: a private file in `.fleet/mqtt` for each sink.
struct SinkCursor: Sendable, Hashable, Codable {
    /// For people who look into the folder.
    let broker: String
    /// What the broker knows this sink by, also after a restart: so an old connection that it still believes in ends, and
    /// its last will is told before anything of the new one.
    let identity: String
    /// The last event that the broker has acknowledged with all before it; nil when there was none.
    @OrNull var place: EventSequence?
    /// As of that place.
    var workers = SinkWorkers()

    init(_ broker: BrokerAddress) {
        self.broker = broker.description
        identity = "fleet-" + (0..<8).map { _ in String(Int.random(in: 0..<16), radix: 16) }.joined()
        _place = OrNull(wrappedValue: nil)
    }
}

/// The file of a cursor, for one program at a time.
final class SinkCursorFile: Sendable {
    private let path: String
    private let broker: BrokerAddress
    private let lock: Int32

    /// - Throws: also when another program serves the same sink now.
    init(_ project: Project, _ broker: BrokerAddress) throws(SinkProblem) {
        self.broker = broker
        let folder = project.workFolder + "/mqtt"
        path = "\(folder)/\(Self.name(broker)).json"
        let lockPath = path + ".lock"
        mkdir(project.workFolder, 0o755)
        mkdir(folder, 0o700)
        lock = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else {
            throw SinkProblem(Message("can't write \(lockPath): \(String(cString: strerror(errno)))"))
        }
        guard OwnedLock.take(lock) else {
            close(lock)
            throw SinkProblem(Message("another fleet serve sends to this broker"))
        }
        removeRemains(in: folder)
    }

    deinit {
        OwnedLock.release(lock)
        close(lock)
    }

    /// What programs left that were killed while they wrote the file: `NAME.json.PROCESS`.
    private func removeRemains(in folder: String) {
        guard let entries = opendir(folder) else { return }
        defer { closedir(entries) }
        while let entry = readdir(entries) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            let file = "\(folder)/\(name)"
            if file.hasPrefix(path + "."), file != path + ".lock" { unlink(file) }
        }
    }

    /// - Returns: nil when there was none, or none that can be read.
    func read() -> SinkCursor? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return try? JSONText.decode(SinkCursor.self, from: bytes)
    }

    func write(_ cursor: SinkCursor) throws(SinkProblem) {
        do { try PrivateFile.write(try JSONText.encode(cursor) + "\n", to: path) } catch { throw Self.problem(error) }
    }

    private static func problem(_ error: any Error) -> SinkProblem {
        SinkProblem((error as? any DescribedError)?.message ?? Message(verbatim: "\(error)"))
    }

    /// Readable, and another one for each address: letters that a path can't have are replaced, and FNV-1a (64 bits)
    /// tells apart what then looks the same.
    private static func name(_ broker: BrokerAddress) -> String {
        let text = broker.description
        let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let letters = text.prefix(80).map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
        return String(letters) + "_" + String(hash, radix: 16)
    }
}
