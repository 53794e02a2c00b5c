import CLinux
import Synchronization

/// Hides what a person types while the program draws its progress. The program has one terminal.
enum TypedKeys {
    /// A question shows them from another thread than that which draws.
    private static let turn = Mutex(())

    /// Nothing while a question waits for its answer.
    static func hide(on terminal: CInt) {
        turn.withLock { _ in
            guard !Console.isAsking.load(ordering: .relaxed) else { return }
            fleet_echo_hide(terminal)
        }
    }

    static func show() { turn.withLock { _ in fleet_echo_show() } }
}
