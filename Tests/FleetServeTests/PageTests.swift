import FleetBase
import FleetConfig
import FleetEvents
import FleetHosts
import FleetReport
import FleetTesting
import FleetViews
import Foundation
import Testing

@testable import FleetServe

/// What the pages are made of; how they work in a browser is in Tests/Browser.
@Suite struct PageTests {
    private let project: WebProject

    init() throws { project = try WebProject() }

    private static let places = [
        "/", "/runs", "/hosts/one", "/start", "/start/run?package=benchmark", "/start/push", "/start/tasks",
        "/packages", "/schedules", "/events", "/events?host=one",
    ]

    private func page(_ place: String, _ client: WebClient, _ headers: [String] = []) async throws -> WebClient.Answer {
        try await client.ask("GET \(place)", ["Authorization: Bearer \(client.token)"] + headers)
    }

    @Test func showsStrangersTheLoginAlone() async throws {
        try await project.serving { client, _ in
            for place in Self.places {
                let answer = try await client.ask("GET \(place)", [])
                #expect(answer.status == 401 && answer.body.contains("id=\"login\""))
                #expect(!answer.body.contains("benchmark") && !answer.body.contains("host-one"))
            }
            #expect(try await client.ask("GET /login", []).status == 200)
            #expect(try await client.ask("GET /live?page=/", []).status == 401)
            #expect(try await client.ask("GET /favicon.ico", []).header("Content-Type") == "image/svg+xml")
        }
    }

    /// The policy forbids all that is not the server's own file, so nothing of that kind may stand in a page.
    @Test func pagesHoldNoScriptAndNoStyleOfTheirOwn() async throws {
        try await project.serving { client, _ in
            for place in Self.places {
                let answer = try await page(place, client)
                #expect(answer.status == 200, "\(place): \(answer.body)")
                #expect(answer.body.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
                #expect(!answer.body.contains("<style") && !answer.body.contains(" style=\""))
                #expect(answer.body.components(separatedBy: "<script").count == 2)
                #expect(answer.body.firstMatch(of: /\ on[a-z]+="/) == nil)
                for file in answer.body.matches(of: /"(\/static\/[^"]+)"/).map(\.1) {
                    let asset = try await client.ask("GET \(file)", [])
                    #expect(asset.status == 200 && asset.header("Cache-Control")?.contains("immutable") == true)
                }
            }
            #expect(try await page("/static/style-0000000000000000.css", client).status == 404)
            #expect(try await page("/hosts/none", client).status == 404)
            for form in ["run", "push"] {
                let unknown = try await page("/start/\(form)?package=benchmrak", client)
                #expect(unknown.status == 404 && unknown.body.contains("did you mean &quot;benchmark&quot;?"))
            }
            let chat = try await page("/chat/nope", client)
            #expect(chat.status == 404 && chat.body.contains("there is no such chat"))
            let nothing = try await client.ask("GET /nothing", ["Accept: text/html,*/*", "Accept-Language: es"])
            #expect(nothing.status == 404 && nothing.body.contains("<h1>Hay un problema</h1>"))
            #expect(try await page("/nothing", client).header("Content-Type") == "application/json")
            #expect(try await page("/runs/none", client).body.contains("there are no runs yet"))
        }
    }

    @Test func onlyPagesWithTheStreamCanBePaused() async throws {
        try await project.serving { client, _ in
            let (overview, chat) = (try await page("/", client), try await page("/chat", client))
            #expect(overview.body.contains("id=\"pause\"") && !chat.body.contains("id=\"pause\""))
        }
    }

    @Test func speaksTheReadersLanguage() async throws {
        try await project.serving { client, _ in
            let spanish = try await page("/packages", client, ["Accept-Language: es"])
            #expect(spanish.body.contains("<html lang=\"es\">") && spanish.body.contains("<h1>Paquetes</h1>"))
            // The choice counts for more than the browser's.
            let english = try await page("/packages", client, ["Accept-Language: es", "Cookie: fleet_language=en"])
            #expect(english.body.contains("<h1>Packages</h1>"))
            let answer = try await client.ask("GET /language/es?back=%2Fruns%3Fpage%3D2", [])
            #expect(answer.status == 303 && answer.header("Location") == "/runs?page=2")
            #expect(answer.header("Set-Cookie")?.hasPrefix("fleet_language=es; ") == true)
            for place in ["//evil.example.org", "https://evil.example.org", "%5C%5Cevil"] {
                let location = try await client.ask("GET /language/es?back=\(place)", []).header("Location") ?? ""
                #expect(!location.contains("//") && !location.contains("\\") && location.hasPrefix("/"), "\(location)")
            }
            #expect(try await client.ask("GET /language/xx", []).status == 404)
        }
    }

    @Test func whatWorkersWriteIsText() async throws {
        let script = "printf '<script>alert(1)</script> \\033[2J\\342\\200\\256\"x\\n'\n"
        try project.folder.write(script, to: "packages/benchmark/work.sh")
        try await project.serving { client, _ in
            let body = #"{"operation":"run","package":"benchmark","hosts":["one"]}"#
            let started = try await client.ask("POST /api/operations", body: body).json["operation"]?.string ?? ""
            let result = try await client.ask("GET /api/operations/\(started)?wait=true").json["result"]
            let run = try #require(result?["run"]?.string)
            let answer = try await page("/runs/\(run)", client)
            #expect(answer.body.contains("&lt;script&gt;alert(1)&lt;/script&gt; ^[[2J&lt;U+202E&gt;&quot;x"))
            #expect(answer.body.contains("<svg viewBox") && answer.body.contains("run benchmark"))
            let report = try await client.ask("GET /api/runs/\(run)/report")
            #expect(report.header("Content-Security-Policy")?.contains("style-src 'sha256-") == true)
        }
    }

    /// state.json is written by people, too.
    @Test func whatFilesSayIsText() async throws {
        let state =
            #"{"hosts":{"one":{"packages":{"<b>":{"version":"\"><i>","digest":"00","pushed":"2026-11-21T15:30:12Z"}}}}}"#
        try project.folder.write(state, to: "inventory/state.json")
        try await project.serving { client, _ in
            let answer = try await page("/", client)
            #expect(answer.body.contains("&lt;b&gt;") && !answer.body.contains("<b>") && !answer.body.contains("<i>"))
            let filter = try await page("/?q=%22%3E%3Cscript%3E", client)
            #expect(filter.body.contains("value=\"&quot;&gt;&lt;script&gt;\""))
            #expect(filter.body.contains("No host is like that."))
        }
    }

    @Test func hostHasPackagesSlotsAndGPU() async throws {
        let package = #"{"version":"0.9.0-0123456789ab","digest":"00","pushed":"2026-11-21T15:30:12Z"}"#
        let facts = #"{"gpu":"NVIDIA <H100>","cores":8}"#
        let state = #"{"hosts":{"one":{"facts":\#(facts),"packages":{"benchmark":\#(package),"other":\#(package)}}}}"#
        try project.folder.write(state, to: "inventory/state.json")
        try await project.serving { client, _ in
            let build = try await client.ask("POST /api/operations", body: #"{"operation":"package"}"#)
            let built = try #require(build.json["operation"]?.string)
            _ = try await client.ask("GET /api/operations/\(built)?wait=true")
            let (one, two, list) = (
                try await page("/hosts/one", client), try await page("/hosts/two", client), try await page("/", client)
            )
            #expect(one.body.firstMatch(of: /old; 1\.0\.0-[0-9a-f]{12} was built last/) != nil)
            #expect(one.body.contains("not built here") && one.body.contains("<dd>0 / 8</dd>"))
            #expect(one.body.contains("<dt>GPU</dt><dd>NVIDIA &lt;H100&gt;</dd>"))
            #expect(list.body.contains("GPU: NVIDIA &lt;H100&gt;"))
            #expect(two.body.contains("It has no package, as far as is known.") && !two.body.contains("<dt>GPU</dt>"))
        }
    }

    @Test func thousandHostsAreFilteredAndPaged() async throws {
        let lines = (1...1000).map { "  host-\($0): { address: 127.0.0.1, port: 1, tags: [rack-\($0 % 10)] }\n" }
        try project.folder.write("hosts:\n" + lines.joined(), to: "inventory/hosts.yaml")
        try await project.serving { client, _ in
            let first = try await page("/", client)
            #expect(first.body.components(separatedBy: "id=\"host-host-").count == 101)
            #expect(first.body.contains("page 1 of 10") && first.body.contains("<dd>1000</dd>"))
            let last = try await page("/?page=99", client)
            #expect(last.body.contains("host-host-1000\"") && last.body.contains("page 10 of 10"))
            let rack = try await page("/?q=RACK-3", client)
            #expect(rack.body.contains("id=\"host-host-13\"") && !rack.body.contains("id=\"host-host-14\""))
            #expect(!rack.body.contains("page 1 of"))
            #expect(try await page("/?only=silent", client).body.contains("No host is like that."))
            // Too many for boxes.
            #expect(try await page("/start/push", client).body.contains("data-kind=\"words\""))
        }
    }

    /// A push that somebody has started is found again while it runs, and tells afterwards how each host came out of it.
    @Test func operationIsFoundAgainAndTellsOfEachHost() async throws {
        let hosts = try #require(Disk.text(project.folder.path + "/inventory/hosts.yaml"))
        try project.folder.write(
            hosts + "  gone: { address: 127.0.0.1, port: 1, user: nobody }\n", to: "inventory/hosts.yaml")
        try await project.serving { client, _ in
            let push = #"{"operation":"push","packages":["benchmark"],"hosts":["one","gone"]}"#
            let pushed = try #require(
                try await client.ask("POST /api/operations", body: push).json["operation"]?.string)
            _ = try await client.ask("GET /api/operations/\(pushed)?wait=true")
            let results = try await page("/operations/\(pushed)", client).body
            #expect(results.contains("<h1>push benchmark</h1>"))
            let good = try #require(results.firstMatch(of: /<tr id="result-one".*?<\/tr>/)).output
            #expect(good.contains("ok") && good.contains(" B<"), "\(good)")
            let bad = try #require(results.firstMatch(of: /<tr id="result-gone".*?<\/tr>/)).output
            #expect(bad.contains("failed: ") && bad.contains("class=\"why\""), "\(bad)")
            #expect(try await page("/events", client).body.contains("href=\"/operations/\(pushed)\""))

            let command = #"{"operation":"exec","command":["sleep 60"],"hosts":["one"]}"#
            let started = try #require(
                try await client.ask("POST /api/operations", body: command).json["operation"]?.string)
            let stream = try client.open("GET /live?page=%2F")
            let shown = await stream.read { $0.contains("operation-\(started)") }
            #expect(shown.contains("/api/operations/\(started)") && !shown.contains("operation-\(pushed)"))
            stream.close()
            #expect(try await page("/events", client).body.contains("id=\"operation-\(started)\""))
            _ = try await client.ask("DELETE /api/operations/\(started)")
            _ = try await client.ask("GET /api/operations/\(started)?wait=true")
            #expect(!(try await page("/", client).body.contains("id=\"operation-\(started)\"")))
            #expect(try await page("/operations/20200101-000000-abcdef", client).status == 404)
        }
    }

    @Test func resultsOfEarlierRunsAreToldAsSuch() async throws {
        try await project.serving { client, _ in
            var runs: [String] = []
            for _ in 1...2 {
                let body = #"{"operation":"tasks run"}"#
                let started = try await client.ask("POST /api/operations", body: body).json["operation"]?.string ?? ""
                let result = try await client.ask("GET /api/operations/\(started)?wait=true").json["result"]
                runs.append(try #require(result?["run"]?.string))
            }
            let (first, second) = (
                try await page("/runs/\(runs[0])", client), try await page("/runs/\(runs[1])", client)
            )
            #expect(!first.body.contains("taken from") && first.body.contains("<svg viewBox=\"0 0 900"))
            #expect(second.body.contains("2 of 2 done · 2 taken from earlier runs"))
            #expect(second.body.contains("taken from an earlier run: <a href=\"/runs/\(runs[0])\""))
            #expect(second.body.contains("All results were taken from earlier runs."))
            #expect(!second.body.contains("<svg viewBox=\"0 0 900"))
        }
    }

    /// The feed of a busy project: the beginning lies far before what is looked at.
    @Test func eventsNameTheirOperationAndHaveADate() async throws {
        try await project.serving { client, _ in
            let (operation, other) = (OperationID(), OperationID())
            let start = Event.OperationStart(name: "push", command: "fleet push benchmark", process: 1)
            let bus = project.service.bus
            bus.publish(Event(operation: operation, .operationStarted(start)))
            for number in 1...300 { bus.publish(Event(operation: other, .remark(Message(verbatim: "\(number)")))) }
            bus.publish(Event(operation: operation, .operationEnded(Event.OperationEnd(.done, after: .seconds(3)))))
            await bus.flush()
            let body = try await page("/events", client).body
            #expect(body.contains("fleet push benchmark: done in 3"))
            let today = Timestamp.now.localText.prefix(10)
            #expect(body.firstMatch(of: /<time [^>]*>\d{4}-\d{2}-\d{2}\ /) != nil && body.contains(today))
        }
    }

    @Test func formHasAFieldForEachParameter() async throws {
        try await project.serving { client, _ in
            let form = try await page("/start/run?package=benchmark", client)
            #expect(form.body.contains("name=\"parameters.particles\" type=\"text\" value=\"1\""))
            #expect(form.body.contains("value=\"two\" data-kind=\"texts\" checked=\"\""))
        }
    }

    @Test func valuesWithCommasAreASweep() async throws {
        try await project.serving { client, _ in
            for (text, tasks, field) in [
                ("7", 1, nil), ("100, 200,300", 3, nil), ("1..4,9", 5, nil), ("1,many", 0, "parameters.particles"),
                ("2,2", 0, "parameters.particles"), ("1..1000000", 0, "parameters.particles"),
            ] as [(String, Int64, String?)] {
                let body = #"{"package":"benchmark","parameters":{"particles":"\#(text)"}}"#
                let answer = try await client.ask("POST /start/run/count", body: body)
                let json = try answer.json
                #expect(answer.status == 200 && json["tasks"] == .integer(tasks), "\(text): \(answer.body)")
                #expect(json["field"]?.string == field, "\(text)")
            }
            let sweep = #"{"operation":"tasks run","package":"benchmark","parameters":{"particles":"1..2,9"}}"#
            let started = try await client.ask("POST /api/operations", body: sweep).json["operation"]?.string ?? ""
            let result = try await client.ask("GET /api/operations/\(started)?wait=true").json["result"]
            guard case .array(let tasks)? = result?["tasks"] else {
                Issue.record("no tasks: \(String(describing: result))")
                return
            }
            #expect(tasks.map { $0["name"]?.string } == [1, 2, 9].map { "benchmark[particles=\($0)]" })
            #expect(tasks.allSatisfy { $0["state"] == "done" })
            let wrong = #"{"operation":"tasks run","package":"benchmark","parameters":{"particles":"1,x"}}"#
            let problem = try await client.ask("POST /api/operations", body: wrong)
            #expect(try problem.json["field"] == "parameters.particles" && problem.status == 422)
            let both = #"{"operation":"tasks run","package":"benchmark","tasks":["count"]}"#
            #expect(try await client.ask("POST /api/operations", body: both).status == 422)

            // Once more: the address names the run alone, and the form has what the ledger says of it.
            let run = try #require(result?["run"]?.string)
            #expect(try await page("/runs/\(run)", client).body.contains("href=\"/start/run?run=\(run)\""))
            let again = try await page("/start/run?run=\(run)", client).body
            #expect(again.contains("name=\"parameters.particles\" type=\"text\" value=\"1,2,9\""))
        }
    }

    @Test func runIsFilledInOnceMoreFromTheLedger() async throws {
        try await project.serving { client, _ in
            let body = #"{"operation":"run","package":"benchmark","parameters":{"particles":7},"hosts":["two"]}"#
            let started = try await client.ask("POST /api/operations", body: body).json["operation"]?.string ?? ""
            let result = try await client.ask("GET /api/operations/\(started)?wait=true").json["result"]
            let run = try #require(result?["run"]?.string)
            let way = "/start/run?run=\(run)"
            let html = try await page("/runs/\(run)", client).body
            #expect(html.contains("href=\"\(way)\"") && !html.contains("particles=7\""))
            let form = try await page(way, client)
            #expect(try await page("/start/run?run=20200101-000000-abcd", client).status == 404)
            #expect(form.body.contains("name=\"parameters.particles\" type=\"text\" value=\"7\""))
            #expect(form.body.contains("<option value=\"benchmark\" selected=\"\""))
            #expect(form.body.contains("value=\"two\" data-kind=\"texts\" checked=\"\""))
            #expect(!form.body.contains("value=\"one\" data-kind=\"texts\" checked=\"\""))
        }
    }
}

@Suite struct ToldEventsTests {
    private let operation = OperationID()
    private let failed = StepEnd(Step(.probe), .failed, after: .seconds(1))

    private func told(_ kinds: [Event.Kind], on host: String = "one") throws -> [String] {
        let host = try HostName(host)
        return ToldEvents(kinds.map { Event(operation: operation, host: host, $0) }).worthTelling.map(\.kind.name)
    }

    @Test func tellsTheFailureOfAHostOnce() throws {
        let refused = Failure(.refused, Message("nothing listens there"))
        let events: [Event.Kind] = [.hostAbsent(refused), .failure(refused), .hostEnded(Event.HostEnd(refused))]
        #expect(try told(events) == ["host-absent"])
        let other = Failure(.auth, Message("no key is right"))
        #expect(try told(events + [.failure(other)]) == ["host-absent", "failure"])
    }

    /// The first host that will do ends the probes of the others.
    @Test func tellsNothingOfWhatAnOperationGaveUp() throws {
        let cancelled = Failure(.cancelled, Message("cancelled"))
        #expect(
            try told([.hostConnecting, .stepEnded(failed), .hostEnded(Event.HostEnd(cancelled))]) == ["host-connecting"]
        )
        let refused = Failure(.exit, Message("the host's shell can't run the probe"))
        #expect(try told([.stepEnded(failed), .hostEnded(Event.HostEnd(refused))]) == ["step-ended", "host-ended"])
    }
}

@Suite struct ShownCommandTests {
    @Test(arguments: [
        ("fleet run slow --steps 3", "fleet run slow --steps 3"),
        (#"api: run {"hosts":["one"],"package":"slow"}"#, "run slow"), ("api: tasks run", "tasks run"),
        (#"api: runs cancel {"run":"x"}"#, "runs cancel"), ("api: run {oh\u{1B}", "run"),
    ]) func saysWhatWasAskedFor(command: String, text: String) {
        #expect(ShownCommand(command).text == text)
    }
}

@Suite struct PageChangesTests {
    private func content(_ rows: [(String, String)], _ other: String = "x") -> PageContent {
        let list = Markup(
            "ul", ["id": "list", "data-list": ""],
            rows.map { Markup("li", ["id": $0.0, "data-live": ""], $0.1) })
        return PageContent(Page(title: "", content: [list, Markup("p", ["id": "p", "data-live": ""], other)]))
    }

    @Test func tellsWhatHasChangedAlone() {
        let (before, after) = (content([("a", "1"), ("b", "2")]), content([("a", "1"), ("b", "3")]))
        let changes = after.changes(since: before)
        #expect(changes.parts.map { $0["id"] } == ["b"] && changes.lists.isEmpty)
        #expect(before.hash != after.hash && before.hash == content([("a", "1"), ("b", "2")]).hash)
        #expect(before.changes(since: before).isEmpty)
    }

    @Test func tellsTheOrderOfAListThatHasAnotherOne() {
        let (before, after) = (content([("a", "1")]), content([("new", "2"), ("a", "1")]))
        let changes = after.changes(since: before)
        #expect(changes.parts.map { $0["id"] } == ["new"] && changes.lists == ["list": ["new", "a"]])
        #expect(after.changes(since: nil).parts.count == 3)
        #expect(before.hash != after.hash)
    }

    @Test func emptiesAListThatIsGone() {
        let gone = PageContent(Page(title: "", content: [Markup("p", [:], "nothing")]))
        #expect(gone.changes(since: content([("a", "1")])).lists == ["list": []])
        #expect(gone.changes(since: gone).isEmpty)
    }

    @Test func figuresOfHostsAreAnEventOfTheirOwn() {
        let (before, after) = (content([("host-a", "1")]), content([("host-a", "2")], "y"))
        let events = after.changes(since: before).byName
        #expect(events.map(\.name) == ["hosts", "page"])
        #expect(
            events[0].changes.json(hash: "h")
                == #"{"hash":"h","lists":{},"parts":[["li",{"data-live":"","id":"host-a"},"2"]]}"#)
    }
}
