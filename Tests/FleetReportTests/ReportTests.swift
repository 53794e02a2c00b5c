import FleetBase
import FleetLedger
import Foundation
import FoundationXML
import Testing

@testable import FleetReport

@Suite struct ReportTests {
    init() { Catalogue.add { [Catalogue.report] } }

    private func data(
        _ parameters: [[String: JSONValue]], metrics: ([String: JSONValue]) -> [String: JSONValue],
        name: String = "pi", state: Attempt.State = .done, failure: Failure? = nil
    ) throws -> ReportData {
        let run = Run(command: "fleet tasks run", started: Timestamp(milliseconds: 0))
        var (tasks, attempts) = ([LedgerTask](), [Attempt]())
        for (index, values) in parameters.enumerated() {
            let task = LedgerTask(
                run: run.id, position: index + 1, name: name, key: try Digest(hex: String(repeating: "ab", count: 32)),
                parameters: .object(values))
            var attempt = Attempt(task: task.id, number: 1, host: try HostName(index % 2 == 0 ? "pc" : "pi"))
            (attempt.state, attempt.failure) = (state, failure)
            attempt.started = Timestamp(milliseconds: Int64(index) * 500)
            attempt.ended = Timestamp(milliseconds: Int64(index) * 500 + 700)
            attempt.metrics = .object(metrics(values))
            tasks.append(task)
            attempts.append(attempt)
        }
        return ReportData(run, tasks: tasks, attempts: attempts)
    }

    private func sweep() throws -> ReportData {
        let values = [1, 10, 100].flatMap { n in
            (1...3).map { seed in ["n": JSONValue.integer(n), "seed": .integer(Int64(seed))] }
        }
        return try data(values) { values in
            let (n, seed) = (values["n"]?.double ?? 0, values["seed"]?.double ?? 0)
            return ["found": .number(n + seed / 10), "word": .string("x")]
        }
    }

    @Test func findsWhatWasSweptAndWhatIsANumber() throws {
        let data = try sweep()
        #expect(data.swept == ["n", "seed"] && data.metrics == ["found"] && data.done == 9)
    }

    /// A page is XML as far as its charts go, has no script and asks no network for anything.
    @Test func drawsAPageThatNeedsNothingElse() throws {
        let html = ReportPage(try sweep(), in: .english).html
        #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">") && html.hasSuffix("</html>\n"))
        #expect(!html.contains("<script") && !html.contains("src=") && !html.contains("http"))
        // A timeline and its key, three charts and their keys.
        #expect(html.components(separatedBy: "<figure>").count - 1 == 3)
        for chart in html.components(separatedBy: "<svg").dropFirst() {
            let text = "<svg" + chart.components(separatedBy: "</svg>")[0] + "</svg>"
            let parser = XMLParser(data: Data(text.utf8))
            #expect(parser.parse(), "\(text.prefix(300))")
        }
        #expect(!html.contains("nan") && !html.contains("inf"))
    }

    /// Hosts send what they like, and people sweep over words that read as numbers.
    @Test func drawsNothingOfNumbersThatNoChartCanShow() throws {
        let places = ["nan", "inf", "1e400", "1"].map { ["x": JSONValue.string($0)] }
        for found in [-1e308, 1e200, 1e-300] {
            let data = try data(places) { $0["x"] == .string("1") ? ["y": .number(-found)] : ["y": .number(found)] }
            #expect(ReportPage(data, in: .english).html.hasSuffix("</html>\n"))
        }
    }

    @Test func speaksSpanish() throws {
        #expect(ReportPage(try sweep(), in: .spanish).html.contains("Quién hizo qué y cuándo"))
    }

    /// A quote with an accent on it is another character, and ends an attribute all the same.
    @Test func escapesQuotesThatBearAnAccent() {
        let text = Markup("p", ["title": "a\"\u{301} onclick=\u{1B}"], "<\u{301}b\u{202E}").text
        #expect(text.unicodeScalars.count { $0 == "\"" } == 2 && !text.unicodeScalars.contains("\u{1B}"))
        #expect(text.contains("&quot;\u{301}") && text.contains("&lt;\u{301}b&lt;U+202E&gt;"))
    }

    @Test func escapesWhatHostsSend() throws {
        let failure = Failure(.exit, Message(verbatim: "<img src=x onerror=alert(1)> & \"more\""))
        let data = try data([["n": .integer(1)]], metrics: { _ in [:] }, name: "<b>", state: .failed, failure: failure)
        let html = ReportPage(data, in: .english).html
        #expect(html.contains("&lt;img src=x onerror=alert(1)&gt; &amp; &quot;more&quot;") && !html.contains("<img"))
        #expect(html.contains("&lt;b&gt;") && !html.contains("<b>"))
    }

    @Test func writesATable() throws {
        let table = ReportTable(try sweep())
        #expect(
            table.rows.count == 9 && table.columns.contains("parameter.seed") && table.columns.contains("metric.found"))
        let lines = table.csv.components(separatedBy: "\r\n")
        #expect(lines.count == 11 && lines[1].hasPrefix("1,pi,1,pc,,,done,,1970-01-01T00:00:00.000Z,"))
        let quoted = ReportTable(try data([["n": .string("a,\"b\"\n")]], metrics: { _ in [:] })).csv
        #expect(quoted.contains(",\"a,\"\"b\"\"\n\","))
    }

    @Test(arguments: [
        (0, "0"), (0.25, "0.25"), (0.001, "0.001"), (0.0009999999, "0.001"), (0.00099, "9.9e-4"), (0.00019999, "2e-4"),
        (12.3456, "12.35"), (9_999_999, "1e7"), (-1.5e-9, "-1.5e-9"), (.infinity, "–"),
    ])
    func showsNumbersInFourDigits(_ number: Double, _ text: String) { #expect(number.shown == text) }

    @Test(arguments: [([0.0, 1], 6), ([3.0, 3], 2), ([-1e9, 1e9], 3), ([1e-9, 2e-9], 2), ([0, 1e-300], 2)])
    func ticksAreWithinReason(values: [Double], atLeast: Int) {
        let scale = Scale(values, from: 0, to: 100)
        #expect((atLeast...12).contains(scale.ticks.count), "\(scale.ticks)")
        #expect(values.allSatisfy { (-0.01...100.01).contains(scale($0)) })
    }

    @Test func spreadsWideValuesByTheirLogarithm() {
        #expect(
            Scale.needsLogarithm([1, 10, 100]) && !Scale.needsLogarithm([1, 2, 3])
                && !Scale.needsLogarithm([0, 10, 100]))
        let scale = Scale(logarithmic: [1, 10, 100], from: 0, to: 100)
        #expect(abs(scale(10) - 50) < 1e-9 && scale.ticks == [1, 10, 100])
    }

    @Test func knowsSpreads() {
        let spread = Spread([2, 4, 4, 4, 5, 5, 7, 9])
        #expect(spread.mean == 5 && abs(spread.deviation - 2.138089935) < 1e-8)
        #expect(Spread([3]).deviation == 0)
    }
}
