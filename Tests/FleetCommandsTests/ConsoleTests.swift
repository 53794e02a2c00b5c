import FleetBase
import FleetTesting
import Testing

@testable import FleetCommands
@testable import FleetHosts
@testable import FleetTerminal

@Suite struct TableTests {
    init() { Catalogue.add(FleetProgram.words) }

    private var table: Table {
        var table = Table([(Message("HOST"), .left), (Message("TIME"), .right), (Message("STATE"), .left)])
        table.add([.init("pc-leo"), .init("9 ms"), .init("up", .green)])
        table.add([.init("vps"), .init("120 ms"), .init("down", .red)])
        return table
    }

    @Test func makesColumnsAsWideAsTheirWidestCell() {
        #expect(
            table.lines(in: .english, Style(isOn: false)) == [
                "HOST      TIME  STATE", "pc-leo    9 ms  up", "vps     120 ms  down",
            ])
    }

    @Test func showsInACellWhatAHostSaidOnOneLine() {
        var table = Table([(Message("HOST"), .left), (Message("STATE"), .left)])
        table.add([.init("a\u{1B}[2J\nb"), .init("up", .green)])
        #expect(table.lines(in: .english, Style(isOn: true))[1] == "a^[[2J b  \u{1B}[32mup\u{1B}[0m")
    }

    @Test func endsNoLineWithBlanks() {
        var table = Table([(Message("HOST"), .left), (Message("STATE"), .left), ("", .left)])
        table.add([.init("vps"), .init("up"), .init("", .yellow)])
        #expect(table.lines(in: .english, Style(isOn: false)) == ["HOST  STATE", "vps   up"])
    }

    @Test func isNothingWithoutRows() {
        #expect(Table([(Message("HOST"), .left)]).lines(in: .english, Style(isOn: false)).isEmpty)
    }

    @Test func translatesItsHeadings() {
        #expect(table.lines(in: .spanish, Style(isOn: false))[0] == "HOST    TIEMPO  ESTADO")
    }

    /// In columns of a terminal, of which an ideograph takes two and an accent none.
    @Test func countsColumnsNotCharacters() {
        var table = Table([(Message("HOST"), .left), (Message("TIME"), .right), (Message("STATE"), .left)])
        for name in ["日本", "e\u{301}te\u{301}", "👩‍🚀", "🇨🇱", "vps"] {
            table.add([.init(name), .init("9 ms"), .init("up")])
        }
        #expect(
            table.lines(in: .english, Style(isOn: false)) == [
                "HOST  TIME  STATE", "日本  9 ms  up", "e\u{301}te\u{301}   9 ms  up", "👩‍🚀    9 ms  up",
                "🇨🇱    9 ms  up", "vps   9 ms  up",
            ])
    }

    private func narrow(to width: Int) -> [String] {
        var table = Table(
            [(Message("HOST"), .left), (Message("TIME"), .right), (Message("STATE"), .left), (Message("TAGS"), .left)],
            thrift: Table.Thrift(cutting: [3], dropping: [1, 3]))
        table.add([.init("pc-leo"), .init("9 ms"), .init("up"), .init("one,two,three,four,five")])
        table.add([.init("vps"), .init("120 ms"), .init("down"), .init("six")])
        return table.lines(in: .english, Style(isOn: false), width: width)
    }

    @Test func cutsCellsWhereTheTerminalIsNarrow() {
        #expect(narrow(to: 40)[1] == "pc-leo    9 ms  up     one,two,three,fo…")
        #expect(narrow(to: 46)[1] == "pc-leo    9 ms  up     one,two,three,four,five")
    }

    @Test func leavesOutTheLeastImportantColumns() {
        #expect(narrow(to: 30)[1] == "pc-leo  up     one,two,three,…")
        #expect(narrow(to: 20) == ["HOST    STATE", "pc-leo  up", "vps     down"])
    }

    /// Better a line that is broken than a name that is not there.
    @Test func cutsNoNames() { #expect(narrow(to: 5).last == "vps     down") }

    private var versions: Table {
        var table = Table([(Message("HOST"), .left)] + ["one", "two", "three"].map { (Message(verbatim: $0), .left) })
        table.add([.init("pc-leo"), .init("1.0.0-0123456789ab"), .init("2.0.0-0123456789ab"), .init("–")])
        return table
    }

    @Test(arguments: 27...80) func wrapsNoRow(width: Int) {
        let lines = versions.lines(in: .english, Style(isOn: false), width: width)
        #expect(lines.allSatisfy { $0.columns <= width } && lines[1].hasPrefix("pc-leo  1.0."), "\(lines)")
    }

    @Test func columnsThatDoNotFitAreATableOfTheirOwn() {
        let tables = versions.split(into: 40, in: .english).map { $0.lines(in: .english, Style(isOn: false)) }
        #expect(
            tables == [
                ["HOST    one", "pc-leo  1.0.0-0123456789ab"],
                ["HOST    two                 three", "pc-leo  2.0.0-0123456789ab  –"],
            ])
        #expect(versions.split(into: 80, in: .english).count == 1)
    }

    @Test func coloursDoNotCountAsWidth() {
        let lines = table.lines(in: .english, Style(isOn: true))
        #expect(lines[1] == "pc-leo    9 ms  \u{1B}[32mup\u{1B}[0m")
    }
}

@Suite struct StyleTests {
    @Test func paintsOnlyWhenItIsOn() {
        #expect(Style(isOn: false).paint("up", .green) == "up")
        #expect(Style(isOn: true).paint("up", .green) == "\u{1B}[32mup\u{1B}[0m")
    }

    @Test func padsToAWidthAndNeverCuts() {
        #expect("ab".padded(to: 4) == "ab  " && "ab".leading(to: 4) == "  ab" && "abcde".padded(to: 3) == "abcde")
    }
}

@Suite struct OutputGroupsTests {
    private func result(_ host: String, _ output: String, error: String = "") async throws -> ExecResult {
        let spool = OutputSpool(in: try TemporaryFolder().path)
        for (stream, text) in [(FleetBase.CommandLine.Stream.output, output), (.error, error)] {
            _ = Array(text.utf8).withUnsafeBytes { spool.take(stream, $0) }
        }
        let (output, error) = try await spool.finish()
        let result = RemoteResult(
            output: [], error: [], isCut: false, ending: .status(0), bytesSent: 0, duration: .zero,
            greeting: Greeting(text: "", delay: .zero), news: [])
        let answer = ExecAnswer(result: result, output: output, error: error)
        return ExecResult(HostOutcome(host: try HostName(host), result: .success(answer)), python: false)
    }

    private func names(_ results: [ExecResult]) -> [[String]] {
        OutputGroups(results).groups.map { $0.hosts.map(\.text) }
    }

    @Test func putsAlikeAnswersTogetherTheManyFirst() async throws {
        let results = [try await result("a", "1\n"), try await result("b", "2\n"), try await result("c", "2\n")]
        #expect(names(results) == [["b", "c"], ["a"]])
    }

    @Test func keepsTheInventoryOrderAmongEquals() async throws {
        #expect(names([try await result("b", "1\n"), try await result("a", "2\n")]) == [["b"], ["a"]])
    }

    @Test func tellsErrorsFromOutput() async throws {
        #expect(names([try await result("a", "1\n"), try await result("b", "", error: "1\n")]) == [["a"], ["b"]])
    }

    /// What is too much for the memory lies in a file.
    @Test func comparesLargeAnswers() async throws {
        let large = String(repeating: "0123456789", count: 300_000)
        let results = [
            try await result("a", large + "x"), try await result("b", large + "y"), try await result("c", large + "x"),
        ]
        #expect(names(results) == [["a", "c"], ["b"]])
        let streams = try #require(results[1].answer).bytes()
        #expect(streams.output == Array((large + "y").utf8))
    }

    @Test func leavesOutWhoSaidNothing() async throws {
        #expect(names([try await result("a", ""), try await result("b", "x\n")]) == [["b"]])
    }
}

@Suite struct ShownValueTests {
    @Test(arguments: [
        (5, "just now"), (119, "1 min ago"), (7200, "2 h ago"), (200_000, "2 d ago"),
    ]) func tellsAnAgeInTheLargestUnit(seconds: Int64, text: String) {
        let now = Timestamp(milliseconds: 1_700_000_000_000)
        let then = Timestamp(milliseconds: now.milliseconds - seconds * 1000)
        #expect(then.age(at: now).text(in: .english) == text)
    }

    @Test(arguments: [
        (0.4246, "0.42 s"), (0.5, "0.50 s"), (9.999, "10.0 s"), (12, "12.0 s"), (83.14, "83.1 s"), (720, "12 min"),
        (40000, "11 h"),
    ])
    func tellsADurationInThreeDigits(seconds: Double, text: String) {
        #expect(Duration.seconds(seconds).shown == text)
    }
}

@Suite struct PrintableTests {
    @Test func showsEscapeSequencesInsteadOfObeyingThem() {
        #expect("\u{1B}]0;title\u{07}text\tand\nmore".printable == "^[]0;title^Gtext\tand\nmore")
    }

    @Test func leavesOtherTextAsItIs() { #expect("¿qué? 100 %".printable == "¿qué? 100 %") }
}

@Suite struct CellTests {
    @Test(arguments: [
        (0.0, "0.0"), (7.3464e-6, "7.346e-06"), (-0.0001234, "-0.0001234"), (0.25, "0.25"), (3.14159265, "3.1416"),
        (123456.78906, "123456.7891"), (1e300, "1e+300"), (1.5e18, "1.5e+18"),
    ])
    func roundsToWhatTells(_ number: Double, _ text: String) { #expect(JSONValue.number(number).cell == text) }

    @Test func cutsWhatIsVeryLong() {
        #expect(JSONValue.string(String(repeating: "word ", count: 1000)).cell.count == 300)
    }

    @Test(arguments: ["日本語", "👍🏽", "e\u{301}"]) func cutsAtColumns(text: String) {
        let cell = JSONValue.string(String(repeating: text, count: 400)).cell
        #expect((200...300).contains(cell.columns) && cell.hasSuffix("…"))
    }

    @Test func cutsADigest() {
        let value = JSONValue.object(["b": .string(String(repeating: "0123456789", count: 6)), "a": .integer(1)])
        #expect(value.cell == "a=1 b=012345678901…")
    }
}
