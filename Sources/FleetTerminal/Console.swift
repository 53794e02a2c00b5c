package import FleetBase
package import FleetEvents
import Glibc
package import Synchronization

/// What a person reads: results on standard output, everything else on standard error, in their language.
package final class Console: Sendable {
    package let language: Language
    package let isQuiet: Bool
    package let isVerbose: Bool
    /// Standard error is a terminal that understands cursor movements.
    package let isLive: Bool
    private let style: Style
    private let errorStyle: Style
    private let outputScreen: Screen
    private let errorScreen: Screen
    /// Whether the two are terminals.
    package let isOutputShown: Bool
    private let isErrorShown: Bool
    private let writer: ConsoleWriter
    /// The result, while events are printed before it.
    private let deferred = Mutex<String?>(nil)
    private let defersResult: Bool
    /// Whether this program waits for a person's answer; nothing runs on hosts then that a signal would end.
    package static let isAsking = Atomic(false)
    /// The question that waits for its answer: what is told meanwhile stands above it.
    private static let question = Mutex<String?>(nil)

    /// - Parameter defersResult: keeps what is printed as JSON until ``printDeferred()``.
    package convenience init(
        language: Language, isQuiet: Bool = false, isVerbose: Bool = false, defersResult: Bool = false,
        environment: [String: String]
    ) {
        self.init(
            language: language, isQuiet: isQuiet, isVerbose: isVerbose, defersResult: defersResult,
            environment: environment, output: STDOUT_FILENO, error: STDERR_FILENO, .shared)
    }

    /// - Parameters:
    ///   - output: where results go.
    ///   - error: where everything else goes.
    init(
        language: Language, isQuiet: Bool = false, isVerbose: Bool = false, defersResult: Bool = false,
        environment: [String: String], output: CInt, error: CInt, _ writer: ConsoleWriter
    ) {
        self.writer = writer
        outputScreen = Screen(output, environment: environment)
        errorScreen = Screen(error, environment: environment)
        (isOutputShown, isErrorShown) = (outputScreen.isTerminal, errorScreen.isTerminal)
        self.defersResult = defersResult
        self.language = language
        self.isQuiet = isQuiet
        self.isVerbose = isVerbose
        let isPlain = environment["NO_COLOR"].map { !$0.isEmpty } ?? false || environment["TERM"] == "dumb"
        isLive = isErrorShown && environment["TERM"] != "dumb" && !isQuiet
        // A pager such as `less -R` shows them, too.
        let isAlways = environment["FLEET_COLOR"] == "always"
        style = Style(isOn: isAlways || isOutputShown && !isPlain)
        errorStyle = Style(isOn: isAlways || isErrorShown && !isPlain)
    }

    /// How wide the terminal is at this moment.
    package var width: Int { outputScreen.ownWidth ?? errorScreen.width }

    /// How many columns and rows the terminal of standard error has at this moment.
    package var size: (columns: Int, rows: Int) {
        let size = errorScreen.size
        return (size.columns, size.rows)
    }

    package func text(_ message: Message) -> String { message.text(in: language) }

    // MARK: Results, on standard output

    /// A line; on a terminal without what would move its cursor or change its title.
    package func result(_ line: String) { write((isOutputShown ? line.printable : line) + "\n", to: outputScreen) }

    package func result(_ message: Message) { result(text(message)) }

    /// What a host wrote, byte for byte; on a terminal without what would move its cursor or change its title.
    package func output(_ bytes: [UInt8]) {
        stream(!isQuiet && bytes.last != UInt8(ascii: "\n") ? bytes + [UInt8(ascii: "\n")] : bytes)
    }

    /// A piece of a text that comes bit by bit; on a terminal without what would move its cursor or change its title.
    package func stream(_ bytes: [UInt8]) {
        guard isOutputShown else { return write(bytes, to: outputScreen) }
        write(String(decoding: bytes, as: UTF8.self).printable, to: outputScreen)
    }

    /// A piece of what a host wrote to its standard error.
    package func piece(_ bytes: [UInt8]) { write(String(decoding: bytes, as: UTF8.self).printable, to: errorScreen) }

    /// Whether its readers are behind: who produces output on an event loop waits then.
    package var isBehind: Bool { writer.isBehind }

    /// Waits until its readers have caught up: for who reads a file, on a thread that may wait.
    package func waitWhileBehind() { writer.waitWhileBehind() }

    /// The width that a table may have; nil where nobody looks at a terminal.
    package var tableWidth: Int? { isOutputShown ? width : nil }

    package func table(_ table: Table) {
        for line in table.lines(in: language, style, width: tableWidth) {
            write(line + "\n", to: outputScreen)
        }
    }

    /// Lines of a result, each on one row of the terminal.
    package func result(_ lines: [StyledLine]) {
        for line in lines {
            let line = isOutputShown ? line.cut(to: width) : line
            write(line.text(style) + "\n", to: outputScreen)
        }
    }

    /// How many columns and rows results have on the terminal that they go to; nil where they go elsewhere.
    package var resultSize: (columns: Int, rows: Int)? {
        guard isOutputShown else { return nil }
        return (width, outputScreen.size.rows)
    }

    package func json(_ value: some Encodable) throws {
        let text = HostText.escape(json: try JSONText.encode(value, in: language))
        guard defersResult else { return result(text) }
        deferred.withLock { $0 = text }
    }

    /// Prints the result that was kept until all events were printed.
    package func printDeferred() {
        let text = deferred.withLock { text in
            defer { text = nil }
            return text
        }
        if let text { result(text) }
    }

    /// An event as a line of JSON.
    package func event(_ event: Event) {
        guard let text = try? JSONText.encode(event, in: language) else { preconditionFailure("every event is JSON") }
        result(HostText.escape(json: text))
    }

    // MARK: Everything else, on standard error

    /// Told unless `--quiet`.
    package func note(_ message: Message) {
        guard !isQuiet else { return }
        write(text(message) + "\n", to: errorScreen)
    }

    /// A question, whose answer is typed behind it.
    func prompt(_ question: Message) {
        showProgress([])
        Self.isAsking.store(true, ordering: .relaxed)
        TypedKeys.show()
        let line = text(question) + " "
        write(line, to: errorScreen)
        Self.question.withLock { $0 = line }
    }

    /// The question has its answer, or nobody gives one.
    func endAsking() {
        Self.question.withLock { $0 = nil }
        Self.isAsking.store(false, ordering: .relaxed)
    }

    /// That the answer was typed, at whose end the terminal itself began a new line.
    func promptEnded() {
        writer.write(.init(stream: errorScreen.descriptor, bytes: [], endsLine: true))
    }

    package func detail(_ message: Message) {
        if isVerbose { note(message) }
    }

    package func warning(_ message: Message) {
        let label = errorStyle.paint(text(Message("warning:")), .yellow)
        write("\(label) \(text(message))\n", to: errorScreen)
    }

    /// What is true of several hosts is said once.
    package func warnings(_ notes: [(host: HostName, note: Message)]) {
        var order: [Message] = []
        var hosts: [Message: [HostName]] = [:]
        for (host, note) in notes {
            if hosts[note] == nil { order.append(note) }
            if hosts[note]?.last != host { hosts[note, default: []].append(host) }
        }
        for note in order {
            let names = hosts[note, default: []].map(\.text).joined(separator: ", ")
            warning(Message("\(names): \(note)"))
        }
    }

    package func error(_ message: Message, hint: Message?) {
        let label = errorStyle.paint(text(Message("error:")), .red)
        var lines = "\(label) \(text(message))\n"
        if let hint { lines += line(of: hint) }
        write(lines, to: errorScreen)
    }

    /// What to do about that of which other lines tell.
    package func hint(_ hint: Message) { write(line(of: hint), to: errorScreen) }

    private func line(of hint: Message) -> String { "\(text(Message("hint:"))) \(text(hint))\n" }

    /// A line that a worker wrote to its standard error.
    package func error(line: String) { write(line.printable + "\n", to: errorScreen) }

    /// What failed on hosts: a line each, and what to do about it; hosts that failed alike share theirs.
    package func failures(_ failures: [(host: HostName, failure: Failure)]) {
        var order: [Failure] = []
        var hosts: [Failure: [HostName]] = [:]
        for (host, failure) in failures {
            if hosts[failure] == nil { order.append(failure) }
            hosts[failure, default: []].append(host)
        }
        for failure in order { tell(failure, on: hosts[failure, default: []]) }
    }

    /// What failed on which host, in inventory order.
    package func failures<Value>(of outcomes: [HostOutcome<Value>]) {
        failures(outcomes.compactMap { outcome in outcome.failure.map { (outcome.host, $0) } })
    }

    private func tell(_ failure: Failure, on hosts: [HostName]) {
        let names = errorStyle.paint(hosts.map(\.text).joined(separator: ",") + ":", .red)
        let reason = text(failure.message)
        let kind = text(failure.kind.words)
        var lines = reason == kind ? "\(names) \(kind)\n" : "\(names) \(kind): \(reason)\n"
        if let hint = failure.hint { lines += "  \(text(Message("hint:"))) \(text(hint))\n" }
        write(lines, to: errorScreen)
    }

    /// A line of a host's own output while it runs.
    package func live(_ line: String, from host: HostName, width: Int, isError: Bool) {
        let name = host.text.padded(to: width)
        write("\(errorStyle.paint(name, isError ? .yellow : .cyan)) \(line.printable)\n", to: errorScreen)
    }

    /// That a person's wish was heard, for it may take a moment.
    package func stopping() {
        guard isLive, !Self.isAsking.load(ordering: .relaxed) else { return }
        write(
            "\r" + text(Message("stopping, and ending what runs on the hosts; once more to stop at once")) + "\n",
            to: errorScreen)
    }

    // MARK: Progress

    /// Shows lines below all others, replacing those of the last call; nothing where nobody looks at a terminal.
    package func showProgress(_ lines: [StyledLine]) {
        guard isLive, !Self.isAsking.load(ordering: .relaxed) else { return }
        writer.show(lines, on: errorScreen, errorStyle)
    }

    /// Keeps what is typed from standing between the lines of progress, until the end or a question.
    package func hideTyping() {
        guard isLive else { return }
        TypedKeys.hide(on: errorScreen.descriptor)
    }

    package func showTyping() { TypedKeys.show() }

    private func write(_ text: String, to screen: Screen) {
        let isSeen = screen == errorScreen || isOutputShown
        guard isLive, isSeen, text.hasSuffix("\n"), let question = Self.question.withLock(\.self) else {
            return write(Array(text.utf8), to: screen)
        }
        write(Array("\r\u{1B}[J".utf8), to: errorScreen)
        write(Array(text.utf8), to: screen)
        write(Array(question.utf8), to: errorScreen)
    }

    private func write(_ bytes: [UInt8], to screen: Screen) {
        guard let last = bytes.last else { return }
        let isShown = screen == outputScreen ? isOutputShown : isErrorShown
        let endsLine = isShown ? last == UInt8(ascii: "\n") : nil
        writer.write(.init(stream: screen.descriptor, bytes: bytes, endsLine: endsLine))
    }
}
