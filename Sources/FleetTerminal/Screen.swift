import Glibc

/// The terminal behind a descriptor, whose size is asked for anew each time: a person may change it at any moment.
struct Screen: Sendable, Hashable {
    let descriptor: CInt
    /// Whether lines that no longer fit are broken when the terminal becomes narrower, as nearly all do, rather than cut.
    let reflows: Bool
    /// For who does not tell its size: what COLUMNS says, else 80.
    private let usual: Int

    init(_ descriptor: CInt, environment: [String: String]) {
        self.descriptor = descriptor
        usual = environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? 80
        // The console of Linux, xterm, and screen(1), within which STY is set; tmux within screen breaks them.
        let isScreen = environment["STY"] != nil && environment["TMUX"] == nil
        reflows = environment["TERM"] != "linux" && environment["XTERM_VERSION"] == nil && !isScreen
    }

    var isTerminal: Bool { isatty(descriptor) == 1 }

    var width: Int { ownWidth ?? usual }

    /// Nil for what is no terminal, and for one that does not know (a serial line).
    var ownWidth: Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}
