import Glibc

/// The terminal behind a descriptor, whose size is asked for anew each time: a person may change it at any moment.
struct Screen: Sendable, Hashable {
    let descriptor: CInt
    /// Whether lines that no longer fit are broken when the terminal becomes narrower, as nearly all do, rather than cut.
    let reflows: Bool
    /// For who does not tell its size: what COLUMNS and LINES say, else 80 and 24.
    private let usual: Size

    struct Size: Sendable, Hashable {
        var columns: Int
        var rows: Int
    }

    init(_ descriptor: CInt, environment: [String: String]) {
        self.descriptor = descriptor
        let given = { (name: String) in environment[name].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } }
        usual = Size(columns: given("COLUMNS") ?? 80, rows: given("LINES") ?? 24)
        // The console of Linux, xterm, and screen(1), within which STY is set; tmux within screen breaks them.
        let isScreen = environment["STY"] != nil && environment["TMUX"] == nil
        reflows = environment["TERM"] != "linux" && environment["XTERM_VERSION"] == nil && !isScreen
    }

    var isTerminal: Bool { isatty(descriptor) == 1 }

    var width: Int { size.columns }

    var size: Size { ownSize ?? usual }

    /// Nil for what is no terminal, and for one that does not know (a serial line).
    var ownWidth: Int? { ownSize?.columns }

    private var ownSize: Size? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Size(columns: Int(size.ws_col), rows: size.ws_row > 0 ? Int(size.ws_row) : usual.rows)
    }
}
