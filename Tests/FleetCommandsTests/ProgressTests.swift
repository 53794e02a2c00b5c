import FleetBase
import FleetTesting
import Testing

@testable import FleetTerminal

/// Progress on a real pseudo terminal, as a person sees it.
@Suite struct ProgressTests {
    private static let long = "[1/9] " + (1...12).map { "worker-\($0)" }.joined(separator: ", ")

    /// A console on a terminal, and what is to be seen there.
    private final class Stage {
        let console: Console
        private let terminal: PseudoTerminal
        private let writer = ConsoleWriter()
        private var screen: ScreenModel

        init(width: Int = 80, _ environment: [String: String] = [:]) throws {
            terminal = try PseudoTerminal(columns: width)
            screen = ScreenModel(width: width, reflows: environment["XTERM_VERSION"] == nil)
            console = Console(
                language: .english, environment: environment, output: terminal.descriptor, error: terminal.descriptor,
                writer)
        }

        var lines: [String] {
            writer.flush()
            screen.take(terminal.read())
            return screen.lines
        }

        func resize(to width: Int) {
            _ = lines
            screen.resize(to: width)
            terminal.resize(to: width)
        }
    }

    @Test func standsBelowAllLines() throws {
        let stage = try Stage()
        stage.console.showLines(["[0/2] a, b"])
        stage.console.result("first")
        stage.console.error(line: "second")
        #expect(stage.lines == ["first", "second", "[0/2] a, b"])
        stage.console.showLines(["[1/2] b"])
        #expect(stage.lines == ["first", "second", "[1/2] b"])
        stage.console.showProgress([])
        #expect(stage.lines == ["first", "second"])
    }

    @Test func isCutToTheWidth() throws {
        let stage = try Stage(width: 20)
        stage.console.showLines([Self.long])
        #expect(stage.lines == ["[1/9] worker-1, wo…"])
    }

    @Test(arguments: ["日本語", "👩‍🚀", "e\u{301}", "🇨🇱"]) func isCutAtColumns(name: String) throws {
        let stage = try Stage(width: 20)
        stage.console.showLines(["[1/2] " + String(repeating: name, count: 20)])
        #expect(stage.lines.count == 1 && (17...19).contains(stage.lines[0].columns))
        stage.console.showProgress([])
        #expect(stage.lines == [])
    }

    @Test(arguments: [79, 41, 40, 39, 20, 7]) func leavesNothingBehindWhenTheTerminalBecomesNarrower(width: Int) throws
    {
        let stage = try Stage()
        stage.console.result("first")
        stage.console.showLines([Self.long])
        stage.resize(to: width)
        stage.console.result("second")
        stage.console.showLines(["[9/9]"])
        #expect(stage.lines == ["first", "second", "[9/9]"])
    }

    @Test func countsTheRowsOfWideCharactersThatDoNotFit() throws {
        let stage = try Stage()
        stage.console.result("first")
        stage.console.showLines([String(repeating: "日", count: 30)])
        stage.resize(to: 7)
        stage.console.showLines(["[9/9]"])
        #expect(stage.lines == ["first", "[9/9]"])
    }

    @Test func usesTheRoomWhenTheTerminalBecomesWider() throws {
        let stage = try Stage(width: 20)
        stage.console.showLines([Self.long])
        stage.resize(to: 200)
        stage.console.result("first")
        #expect(stage.lines == ["first", Self.long])
    }

    @Test func isDrawnAnewByItself() async throws {
        let stage = try Stage()
        stage.console.result("first")
        stage.console.showLines([Self.long])
        stage.resize(to: 20)
        #expect(await eventually { stage.lines == ["first", "[1/9] worker-1, wo…"] })
    }

    @Test func takesNothingElseAwayWhereLinesAreCut() throws {
        let stage = try Stage(["XTERM_VERSION": "XTerm(379)"])
        stage.console.result("first")
        stage.console.showLines([Self.long])
        stage.resize(to: 20)
        stage.console.showLines(["[9/9]"])
        #expect(stage.lines == ["first", "[9/9]"])
    }

    @Test func waitsForTheEndOfALine() throws {
        let stage = try Stage()
        stage.console.showLines(["[0/1] a"])
        stage.console.stream(Array("half ".utf8))
        #expect(stage.lines == ["half "])
        stage.console.showLines(["[1/1] a"])
        #expect(stage.lines == ["half "])
        stage.console.stream(Array("whole\n".utf8))
        #expect(stage.lines == ["half whole", "[1/1] a"])
    }

    @Test func isOneForAllConsolesOfTheProgram() throws {
        let (terminal, writer) = (try PseudoTerminal(columns: 80), ConsoleWriter())
        var screen = ScreenModel(width: 80)
        let consoles = (0..<2).map { _ in
            Console(
                language: .english, environment: [:], output: terminal.descriptor, error: terminal.descriptor, writer)
        }
        consoles[0].showLines(["[0/1] a"])
        writer.flush()
        consoles[1].error(line: "stopped")
        consoles[0].showProgress([])
        writer.flush()
        screen.take(terminal.read())
        #expect(screen.lines == ["stopped"])
    }
}
