import FleetBase
import FleetTesting
import Glibc
import Testing

@testable import FleetTerminal

/// Who says something never waits for who reads it.
@Suite(.timeLimit(.minutes(2))) struct ConsoleWriterTests {
    private let writer = ConsoleWriter()

    private func console(on descriptor: CInt) -> Console {
        Console(language: .english, environment: [:], output: descriptor, error: descriptor, writer)
    }

    @Test func waitsForNobodyWhoReads() throws {
        var ends: [CInt] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { close(ends[0]) }
        let console = console(on: ends[1])
        let line = String(repeating: "x", count: 1023)
        // A pipe holds 64 KiB: this returns although nobody has read a byte.
        for _ in 0..<4096 { console.result(line) }
        #expect(console.isBehind)
        var (read, buffer) = (0, [UInt8](repeating: 0, count: 64 << 10))
        while read < 4096 * 1024 { read += Glibc.read(ends[0], &buffer, buffer.count) }
        writer.flush()
        #expect(read == 4096 * 1024 && !console.isBehind)
        close(ends[1])
    }

    @Test func keepsOnlyTheNewestProgressOfATerminalThatIsStopped() async throws {
        let terminal = try PseudoTerminal(columns: 80)
        let console = console(on: terminal.descriptor)
        // Ctrl-S
        tcflow(terminal.descriptor, TCOOFF)
        for number in 0..<100_000 { console.showLines(["[\(number)/100000] " + String(repeating: "x", count: 200)]) }
        #expect(!console.isBehind)
        tcflow(terminal.descriptor, TCOON)
        console.showLines(["[done]"])
        var text = ""
        #expect(
            await eventually {
                text += String(decoding: terminal.read(), as: UTF8.self)
                return text.contains("[done]")
            })
        #expect(text.utf8.count < 64 << 10)
    }
}

/// What a host said reaches a terminal in one form only.
@Suite struct HarmlessConsoleTests {
    private static let evil = "\u{1B}]0;owned\u{7}\u{1B}[2J\u{9B}31m\u{202E}gpj\r\u{8}"

    private static let ways: [(name: String, say: @Sendable (Console) throws -> Void)] = [
        ("result", { $0.result(evil) }),
        ("message", { $0.result(Message("\(evil)")) }),
        ("verbatim", { $0.note(Message(verbatim: evil)) }),
        ("output", { $0.output(Array(evil.utf8)) }),
        ("stream", { for byte in evil.utf8 { $0.stream([byte]) } }),
        ("piece", { for byte in evil.utf8 { $0.piece([byte]) } }),
        ("live", { $0.live(evil, from: try HostName("a"), width: 3, isError: false) }),
        ("error", { $0.error(Message("\(evil)"), hint: Message("\(evil)")) }),
        ("line", { $0.error(line: evil) }),
        ("warnings", { $0.warnings([(try HostName("a"), Message("\(evil)"))]) }),
        (
            "failures",
            { $0.failures([(try HostName("a"), Failure(.lost, Message("\(evil)"), hint: Message("\(evil)")))]) }
        ),
        ("progress", { $0.showLines([evil]) }),
        ("json", { try $0.json([evil]) }),
        (
            "table",
            {
                var table = Table([(Message("HOST"), .left)])
                table.add([.init(evil, .red)])
                $0.table(table)
            }
        ),
    ]

    @Test(arguments: ways.map(\.name)) func showsNothingThatSteersATerminal(name: String) throws {
        let (terminal, writer) = (try PseudoTerminal(columns: 300), ConsoleWriter())
        let console = Console(
            language: .english, environment: [:], output: terminal.descriptor, error: terminal.descriptor, writer)
        for way in Self.ways where way.name == name { try way.say(console) }
        writer.flush()
        var text = String(decoding: terminal.read(), as: UTF8.self)
        #expect(text.contains("gpj"))
        // The terminal's own line ends, and the console's frames and colours.
        text = text.replacing("\r\n", with: "\n")
        for mode in ["h", "l"] { text = text.replacing("\u{1B}[?2026\(mode)", with: "") }
        for colour in ["0", "1", "31", "33", "36"] { text = text.replacing("\u{1B}[\(colour)m", with: "") }
        #expect(HostText(text).lines == text)
    }
}
