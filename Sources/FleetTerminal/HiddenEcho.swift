import Glibc
import Synchronization

/// A terminal that does not show what is typed, for a password.
package enum HiddenEcho {
    private static let before = Mutex<termios?>(nil)

    /// Hides what is typed on standard input while something is awaited.
    static func `while`<Value>(_ body: () async -> Value) async -> Value {
        hide()
        defer { restore() }
        return await body()
    }

    private static func hide() {
        var attributes = termios()
        guard tcgetattr(STDIN_FILENO, &attributes) == 0 else { return }
        before.withLock { $0 = attributes }
        attributes.c_lflag &= ~tcflag_t(ECHO)
        // What was typed before the question is no answer to it.
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &attributes)
    }

    /// Gives the terminal back what it was: before a program ends at once, too.
    package static func restore() {
        before.withLock { attributes in
            if var was = attributes { tcsetattr(STDIN_FILENO, TCSANOW, &was) }
            attributes = nil
        }
    }
}
