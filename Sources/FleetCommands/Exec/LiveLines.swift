import FleetBase
import FleetConfig
import FleetHosts
import FleetTerminal
import Synchronization

/// The lines of all hosts as they come, each with its host's name.
final class LiveLines: Sendable {
    private let console: Console
    private let splitters = Mutex<[LineSplitter]>([])

    init(_ console: Console) { self.console = console }

    func receiver(for hosts: [Host]) -> @Sendable (Host) -> CommandLine.Output {
        let width = hosts.map(\.name.text.count).max() ?? 0
        return { [self] host in
            let splitter = LineSplitter { [console] stream, line in
                console.live(line, from: host.name, width: width, isError: stream == .error)
            }
            splitters.withLock { $0.append(splitter) }
            return { splitter.take($0, $1) }
        }
    }

    /// What is left without a line break at the end.
    func finish() { for splitter in splitters.withLock(\.self) { splitter.finish() } }
}
