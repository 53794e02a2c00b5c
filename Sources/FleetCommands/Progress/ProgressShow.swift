import FleetBase
import FleetEvents
import FleetTerminal
import FleetViews
import Synchronization

/// Shows what an operation does, until it ends: below all lines on a terminal, ten times a second; elsewhere as a plain
/// line now and then.
final class ProgressShow: Sendable {
    /// What is quicker needs no words.
    private static let moment = Duration.milliseconds(300)
    private static let frame = Duration.milliseconds(100)
    /// How long a log may be silent first; each pause is twice the one before, up to the longest.
    private static let silence = Duration.seconds(15)
    private static let longestSilence = Duration.seconds(240)

    private let activity = Mutex(Activity())
    private let console: Console

    init(_ console: Console) { self.console = console }

    func note(_ event: Event) { activity.withLock { $0.note(event) } }

    /// Until the task is cancelled.
    func run() async {
        if console.isLive { await draw() } else { await tell() }
    }

    private func draw() async {
        guard (try? await Task.sleep(for: Self.moment)) != nil else { return }
        while !Task.isCancelled {
            let (width, height) = console.size
            let lines = ProgressLines(activity.withLock(\.self), at: .now, console, width: width, height: height).lines
            if !lines.isEmpty { console.hideTyping() }
            console.showProgress(lines)
            try? await Task.sleep(for: Self.frame)
        }
        console.showProgress([])
        console.showTyping()
    }

    private func tell() async {
        var pause = Self.silence
        while (try? await Task.sleep(for: pause)) != nil {
            pause = min(pause * 2, Self.longestSilence)
            let lines = ProgressLines(activity.withLock(\.self), at: .now, console, width: 200, height: 2).lines
            if let line = lines.first { console.note(Message(verbatim: line.plain)) }
        }
    }
}
