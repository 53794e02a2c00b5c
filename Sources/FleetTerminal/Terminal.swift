package import FleetBase
import Glibc
import Synchronization

/// Questions to a person who sits at the terminal.
package struct Terminal: Sendable {
    /// Somebody can answer: standard input is a terminal, and the questions can be seen.
    package let isThere: Bool
    private let console: Console
    private let answer: @Sendable () async -> String?
    private let hiddenAnswer: @Sendable () async -> String?

    package init(_ console: Console) {
        self.init(
            console, isThere: isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1,
            answer: { await Self.typedLine() },
            hiddenAnswer: { await HiddenEcho.while { await Self.typedLine(trims: false) } })
    }

    /// - Parameter answer: the next line that is typed, without its end; nil when no more will come.
    package init(
        _ console: Console, isThere: Bool, answer: @escaping @Sendable () async -> String?,
        hiddenAnswer: (@Sendable () async -> String?)? = nil
    ) {
        self.console = console
        self.isThere = isThere
        self.answer = answer
        self.hiddenAnswer = hiddenAnswer ?? answer
    }

    /// - Returns: nil when nobody answers any more; an empty answer is `standard`.
    package func ask(_ question: Message, standard: String = "") async -> String? {
        console.prompt(standard.isEmpty ? Message("\(question):") : Message("\(question) [\(standard)]:"))
        guard let line = await nextLine() else { return nil }
        return line.isEmpty ? standard : line
    }

    /// Asks for what nobody may see: the terminal does not show what is typed.
    ///
    /// - Returns: nil when nobody answers any more.
    package func ask(hidden question: Message) async -> Secret? {
        console.prompt(Message("\(question):"))
        let line = await hiddenAnswer()
        console.endAsking()
        // The end of the line was not shown either.
        console.error(line: "")
        return line.map { Secret($0) }
    }

    /// Says why an answer won't do, before the question comes again.
    package func tell(_ problem: Message) { console.warning(problem) }

    /// An empty answer is a no; what is neither yes nor no is asked again.
    package func confirm(_ question: Message) async -> Bool {
        while true {
            console.prompt(Message("\(question) [y/N]"))
            guard let line = await nextLine() else { return false }
            switch line.lowercased() {
            case "y", "yes", "s", "si", "sí": return true
            case "", "n", "no": return false
            default: tell(Message("\"\(line)\" is neither yes nor no: type y or n"))
            }
        }
    }

    private func nextLine() async -> String? {
        let line = await answer()
        console.endAsking()
        // Without an answer the cursor still stands behind the question.
        if line == nil { console.error(line: "") } else { console.promptEnded() }
        return line
    }

    /// Looks whether the task was cancelled five times a second: a signal does not end a read by itself.
    private static func typedLine(trims: Bool = true) async -> String? {
        while !Task.isCancelled {
            let line = await ThreadExecutor.lookups.run { readLine(within: 200) }
            guard let line else { continue }
            let text = line.filter { !$0.isNewline }
            return line.isEmpty ? nil : trims ? text.trimmed : text
        }
        return nil
    }

    /// - Returns: nil when nothing was typed in time; an empty text at the end of the input. A terminal gives whole lines.
    private static func readLine(within milliseconds: CInt) -> String? {
        var wait = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        guard poll(&wait, 1, milliseconds) > 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(STDIN_FILENO, &bytes, bytes.count)
        guard count >= 0 else { return errno == EINTR ? nil : "" }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}

extension String {
    /// Without spaces at its ends.
    package var trimmed: String {
        let start = drop { $0 == " " || $0 == "\t" }
        return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
