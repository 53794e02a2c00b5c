import FleetBase
import FleetTerminal
import Glibc
import Synchronization

/// Tells a second signal from the echo of the first: timeout(1) sends its own to the process and to its group.
final class SecondSignal: Sendable {
    private static let echo = Duration.milliseconds(300)

    private let first = Mutex<ContinuousClock.Instant?>(nil)
    private let console: Console

    init(_ console: Console) { self.console = console }

    /// Whether somebody wants the program to end at once.
    func isMeant() -> Bool {
        let before = first.withLock { first in
            defer { first = first ?? .now }
            return first
        }
        guard let before else {
            console.stopping()
            return false
        }
        return .now - before > Self.echo
    }

    /// Leaves what runs on hosts to itself.
    func exit(_ status: CInt) -> Never {
        FullScreen.restore()
        HiddenEcho.restore()
        guard !Console.isAsking.load(ordering: .relaxed) else { _exit(status) }
        console.warning(
            Message("stopped at once: what ran on hosts may go on; fleet runs shows it, fleet runs cancel ends it"))
        ConsoleWriter.shared.flush(until: .after(.milliseconds(300)))
        _exit(status)
    }
}
