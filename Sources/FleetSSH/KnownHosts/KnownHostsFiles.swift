import FleetBase
import Synchronization

/// Files of known hosts, read again when one of them has changed.
final class KnownHostsFiles: Sendable {
    typealias Read = (stamps: [FileStamp?], hosts: KnownHosts)

    private let known = Mutex<[[String]: Read]>([:])

    func read(_ files: [String]) -> Read {
        let stamps = files.map { FileStamp($0) }
        return known.withLock { known in
            if let read = known[files], read.stamps == stamps { return read }
            let read = (stamps, KnownHosts(files: files))
            known[files] = read
            return read
        }
    }
}

/// The key that a host has shown, and whether it is still pinned.
final class PinnedKey: Sendable {
    private let key: HostKey
    private let endpoint: SSHEndpoint
    private let files: KnownHostsFiles
    /// How the files were when it was pinned, or not.
    private let last: Mutex<(stamps: [FileStamp?], isPinned: Bool)?>

    init(_ key: HostKey, of endpoint: SSHEndpoint, in files: KnownHostsFiles) {
        (self.key, self.endpoint, self.files) = (key, endpoint, files)
        last = Mutex(nil)
    }

    var isPinned: Bool {
        let (stamps, hosts) = files.read(endpoint.knownHostsFiles)
        return last.withLock { last in
            if let last, last.stamps == stamps { return last.isPinned }
            let verdict = hosts.verdict(on: key, for: endpoint.keyName, port: endpoint.keyPort)
            last = (stamps, verdict == .trusted)
            return verdict == .trusted
        }
    }
}
