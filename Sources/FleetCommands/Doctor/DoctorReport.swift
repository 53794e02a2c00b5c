import FleetBase
import FleetTerminal
import FleetViews

/// What the doctor found, host by host: a line for each check, below it what mends it.
struct DoctorReport {
    /// With more hosts than these, only what is not well is shown.
    private static let fewHosts = 3

    private let view: DoctorView

    init(_ view: DoctorView) { self.view = view }

    /// A row of the terminal, or a command, which is whole however long it is: a person copies it.
    enum Line {
        case row(StyledLine)
        case command(String)

        var plain: String {
            switch self {
            case .row(let line): line.plain
            case .command(let text): text
            }
        }
    }

    func print(to console: Console) {
        let width = console.resultSize?.columns
        for line in lines(in: console.language, width: width) {
            switch line {
            // A path that is longer than the terminal is wide must not be cut either.
            case .row(let line) where line.columns > width ?? .max: console.result(line.plain)
            case .row(let line): console.result([line])
            case .command(let text): console.result(text)
            }
        }
    }

    /// - Parameter width: the terminal's; nil where lines may be of any length.
    func lines(in language: Language, width: Int?) -> [Line] {
        let isShort = view.hosts.count > Self.fewHosts
        var lines: [Line] = []
        for host in view.hosts where !isShort || host.state != .ok {
            lines.append(.row(StyledLine(host.host, .bold)))
            lines += self.lines(of: host, isShort: isShort, language, width)
        }
        let healthy = view.hosts.filter { $0.state == .ok }
        if isShort, !healthy.isEmpty {
            let names = healthy.map(\.host).joined(separator: ", ")
            let words = Message("all is well: \(names)").text(in: language)
            lines += Self.rows(StyledLine("✓ ", .green), words, indent: 2, width)
        }
        return lines + Self.rows(StyledLine(), summary.text(in: language), indent: 2, width)
    }

    /// A text below its first words, on as many rows as it takes.
    private static func rows(
        _ start: StyledLine, _ text: String, indent: Int, _ width: Int?, _ colour: Style.Colour? = nil
    ) -> [Line] {
        var rows = [start]
        var isFirst = true
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            let row = rows[rows.count - 1]
            let columns = row.columns + (isFirst ? 0 : 1) + String(word).columns
            if let width, columns > width, !isFirst || row.columns > indent {
                rows.append(StyledLine(String(repeating: " ", count: indent)) + StyledLine(String(word), colour))
            } else {
                rows[rows.count - 1].add((isFirst ? "" : " ") + word, colour)
            }
            isFirst = false
        }
        return rows.map { .row($0) }
    }

    private var summary: Message {
        let counts = view.summary
        return Message(
            "hosts: \(counts.hosts); well: \(counts.ok), with warnings: \(counts.warnings), failed: \(counts.failed)")
    }

    private func lines(
        of host: DoctorView.Row, isShort: Bool, _ language: Language, _ width: Int?
    ) -> [Line] {
        let told = host.checks.filter { $0.state != .skipped && (!isShort || $0.state != .ok) }
        let titles = told.map { $0.check.title.text(in: language).columns }.max() ?? 0
        // Where the columns are few the texts begin below the titles.
        let indent = width.map { $0 < Self.wide } == true ? 4 : titles + 6
        // One command may mend several things: it stands below the last of them.
        let last = Dictionary(told.indices.map { (told[$0].mend ?? "", $0) }, uniquingKeysWith: { $1 })
        var lines = told.indices.flatMap { index -> [Line] in
            let check = told[index]
            let (sign, colour) = check.state.sign
            var line = StyledLine("  \(sign) ", colour)
            line.add(check.check.title.text(in: language).padded(to: titles) + "  ")
            let words = (check.subject.map { "\($0): " } ?? "") + check.found.text(in: language)
            let rows = Self.rows(line, words, indent: indent, width)
            if let mend = check.mend, last[mend] != index { return rows }
            return rows + remedy(for: check, language, width)
        }
        let skipped = host.checks.filter { $0.state == .skipped }.map { $0.check.title.text(in: language) }
        if !skipped.isEmpty {
            let names = skipped.joined(separator: ", ")
            let words = Message("not looked at: \(names)").text(in: language)
            lines += Self.rows(StyledLine("  – ", .dim), words, indent: 4, width, .dim)
        }
        return lines
    }

    private static let wide = 60

    private func remedy(for check: DoctorView.Check, _ language: Language, _ width: Int?) -> [Line] {
        let label = "    " + Message("hint:").text(in: language) + " "
        if let command = check.mend { return [.command(label + command)] }
        guard let advice = check.advice else { return [] }
        return Self.rows(StyledLine(label, .cyan), advice.text(in: language), indent: 6, width)
    }
}

extension HostCheck.State {
    fileprivate var sign: (String, Style.Colour) {
        switch self {
        case .ok: ("✓", .green)
        case .warning: ("!", .yellow)
        case .failed: ("✗", .red)
        case .skipped: ("–", .dim)
        }
    }
}

extension HostCheck.Kind {
    fileprivate var title: Message {
        switch self {
        case .name: Message("name")
        case .route: Message("jump host")
        case .port: Message("port")
        case .server: Message("server")
        case .keyExchange: Message("key exchange")
        case .hostKey: Message("host key")
        case .agent: Message("agent")
        case .key: Message("key file")
        case .login: Message("login")
        case .startups: Message("connections")
        case .sessions: Message("sessions")
        case .forwarding: Message("forwarding")
        case .shell: Message("login shell")
        case .greeting: Message("its output")
        case .shellStart: Message("its start")
        case .tools: Message("tools")
        case .folder: Message("folder")
        case .disk: Message("disk")
        case .inodes: Message("inodes")
        case .clock: Message("clock")
        case .engine: Message("containers")
        }
    }
}
