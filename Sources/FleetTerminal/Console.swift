package import FleetBase
package import FleetEvents
import Glibc
import Synchronization

/// What a person reads: results on standard output, everything else on standard error, in their language.
package final class Console: Sendable {
    package let language: Language
    package let isQuiet: Bool
    package let isVerbose: Bool
    /// Standard error is a terminal that understands colours and cursor movements.
    package let isLive: Bool
    package let width: Int
    private let style: Style
    private let errorStyle: Style
    /// How many lines of progress stand below the last line of standard error.
    private let progress = Mutex<[String]>([])
    /// The result, while events are printed before it.
    private let deferred = Mutex<String?>(nil)
    private let defersResult: Bool

    /// - Parameter defersResult: keeps what is printed as JSON until ``printDeferred()``.
    package init(
        language: Language, isQuiet: Bool = false, isVerbose: Bool = false, defersResult: Bool = false,
        environment: [String: String]
    ) {
        self.defersResult = defersResult
        self.language = language
        self.isQuiet = isQuiet
        self.isVerbose = isVerbose
        let isPlain = environment["NO_COLOR"].map { !$0.isEmpty } ?? false || environment["TERM"] == "dumb"
        isLive = isatty(STDERR_FILENO) == 1 && !isPlain && !isQuiet
        style = Style(isOn: isatty(STDOUT_FILENO) == 1 && !isPlain)
        errorStyle = Style(isOn: isatty(STDERR_FILENO) == 1 && !isPlain)
        width = Self.terminalWidth(environment)
    }

    private static func terminalWidth(_ environment: [String: String]) -> Int {
        var size = winsize()
        for stream in [STDOUT_FILENO, STDERR_FILENO]
        where ioctl(stream, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 {
            return Int(size.ws_col)
        }
        return environment["COLUMNS"].flatMap { Int($0) } ?? 80
    }

    package func text(_ message: Message) -> String { message.text(in: language) }

    // MARK: Results, on standard output

    package func result(_ line: String) { write(line + "\n", to: STDOUT_FILENO) }

    package func result(_ message: Message) { result(text(message)) }

    /// What a host wrote, byte for byte; on a terminal without what would move its cursor or change its title.
    package func output(_ bytes: [UInt8]) {
        let text = isatty(STDOUT_FILENO) == 1 ? Array(String(decoding: bytes, as: UTF8.self).printable.utf8) : bytes
        let needsBreak = !isQuiet && text.last != UInt8(ascii: "\n")
        progress.withLock { _ in Self.put(needsBreak ? text + [UInt8(ascii: "\n")] : text, to: STDOUT_FILENO) }
    }

    /// A piece of a text that comes bit by bit; on a terminal without what would move its cursor or change its title.
    package func stream(_ bytes: [UInt8]) {
        let text = isatty(STDOUT_FILENO) == 1 ? Array(String(decoding: bytes, as: UTF8.self).printable.utf8) : bytes
        progress.withLock { _ in Self.put(text, to: STDOUT_FILENO) }
    }

    /// A piece of what a host wrote to its standard error.
    package func piece(_ bytes: [UInt8], to stream: CInt) {
        let text = Array(String(decoding: bytes, as: UTF8.self).printable.utf8)
        progress.withLock { _ in Self.put(text, to: stream) }
    }

    /// Whether its readers are behind: who produces output on an event loop waits then.
    package var isBehind: Bool { ConsoleWriter.shared.isBehind }

    package func table(_ table: Table) {
        for line in table.lines(in: language, style) { result(line) }
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
        write(text(message) + "\n", to: STDERR_FILENO)
    }

    /// A question, whose answer is typed behind it.
    func prompt(_ question: Message) { write(text(question) + " ", to: STDERR_FILENO) }

    package func detail(_ message: Message) {
        if isVerbose { note(message) }
    }

    package func warning(_ message: Message) {
        let label = errorStyle.paint(text(Message("warning:")), .yellow)
        write("\(label) \(text(message))\n", to: STDERR_FILENO)
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
        if let hint { lines += "\(text(Message("hint:"))) \(text(hint))\n" }
        write(lines, to: STDERR_FILENO)
    }

    /// A line that a worker wrote to its standard error.
    package func error(line: String) { write(line + "\n", to: STDERR_FILENO) }

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
        let kind = failure.kind.rawValue
        var lines = reason == kind ? "\(names) \(kind)\n" : "\(names) \(kind): \(reason)\n"
        if let hint = failure.hint { lines += "  \(text(Message("hint:"))) \(text(hint))\n" }
        write(lines, to: STDERR_FILENO)
    }

    /// A line of a host's own output while it runs.
    package func live(_ line: String, from host: HostName, width: Int, isError: Bool) {
        let name = host.text.padded(to: width)
        write("\(errorStyle.paint(name, isError ? .yellow : .cyan)) \(line.printable)\n", to: STDERR_FILENO)
    }

    /// That a person's wish was heard, for it may take a moment.
    package func stopping() {
        guard isLive else { return }
        write(
            "\r" + text(Message("stopping, and ending what runs on the hosts; once more to stop at once")) + "\n",
            to: STDERR_FILENO)
    }

    // MARK: Progress

    /// Shows lines below all others, replacing those of the last call; nothing where nobody looks at a terminal.
    package func showProgress(_ lines: [String]) {
        guard isLive else { return }
        progress.withLock { shown in
            Self.put(Self.erasing(shown.count) + lines.map { "\($0.prefix(width - 1))\n" }.joined(), to: STDERR_FILENO)
            shown = lines
        }
    }

    private static func erasing(_ count: Int) -> String { count == 0 ? "" : "\r\u{1B}[\(count)A\u{1B}[J" }

    /// Writes whole lines; progress that stands below is moved out of the way and back.
    private func write(_ text: String, to stream: CInt) {
        progress.withLock { shown in
            guard !shown.isEmpty else { return Self.put(text, to: stream) }
            Self.put(Self.erasing(shown.count), to: STDERR_FILENO)
            Self.put(text, to: stream)
            Self.put(shown.map { "\($0.prefix(width - 1))\n" }.joined(), to: STDERR_FILENO)
        }
    }

    private static func put(_ text: String, to stream: CInt) { put(Array(text.utf8), to: stream) }

    private static func put(_ text: [UInt8], to stream: CInt) { ConsoleWriter.shared.write(text, to: stream) }
}
