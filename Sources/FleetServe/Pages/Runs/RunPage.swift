import FleetBase
import FleetConfig
import FleetLedger
import FleetReport
import FleetService
import FleetViews

/// One run: its tasks and attempts, who did what when, and what the workers write.
struct RunPage {
    private static let rowsOfPage = 200
    /// More than these no chart shows any more, and none for a narrow screen.
    private static let (mostBars, mostNarrowBars) = (3000, 500)
    /// How much of what came home is shown.
    private static let (logs, tailBytes, tailLines) = (30, Int64(32 << 10), 200)

    let service: FleetService
    let queues: QueueBoard

    func page(_ request: PageRequest) async throws -> Page {
        let words = request.words
        let record = try await service.sharedRun(request.parameter("run"))
        let run = record.run
        let standing = try await RunStanding(
            run, isAbandoned: service.project.isAbandoned(run), service, queues)
        let content = [
            head(record, standing, words), timeline(record, words), try table(record, request),
            try await output(of: run, isRunning: standing.isRunning, words),
        ]
        return Page(
            title: words(Message("run \(run.id)")), section: .overview, content: content,
            log: standing.isRunning ? run.id : nil, wantsQueue: standing.isRunning,
            refreshes: standing.isRunning ? Self.pace(record) : nil)
    }

    /// Bars grow by the mere passing of time; very many of them are drawn less often.
    private static func pace(_ record: RunRecord) -> Duration {
        record.attempts.count > 300 ? .seconds(5) : .seconds(1)
    }

    // MARK: Head

    private func head(_ record: RunRecord, _ standing: RunStanding, _ words: PageWords) -> Markup {
        let run = record.run
        let list = RunList(words: words)
        let facts: [(Message, [Markup]?)] = [
            (Message("package"), run.package.map { [Markup(text: "\($0) \(run.version ?? "")")] }),
            (Message("started"), [words.clock(run.started)]),
            (Message("ended"), run.ended.map { [words.clock($0)] }),
            (Message("took"), run.duration.map { [Markup(text: $0.shown)] }),
            (Message("attempts"), [Markup(text: "\(record.attempts.count)")]),
            (Message("hosts"), [Markup(text: "\(Set(record.attempts.map(\.host)).count)")]),
        ]
        return Markup(
            "div", ["id": "run-head", "data-live": "", "class": "head"],
            [
                Markup("p", ["class": "line"], [list.sign(standing), Markup("code", [:], run.id.text)]),
                Markup("h1", [:], ShownCommand(run.command).text),
                Markup("p", [:], [Markup("code", ["class": "faint"], HostText(run.command).line(atMost: 400))]),
                Markup(
                    "dl", ["class": "facts"],
                    facts.compactMap { name, value in
                        value.map { Markup("div", [:], [Markup("dt", [:], words(name)), Markup("dd", [:], $0)]) }
                    }), list.bar(standing.progress), list.numbers(standing),
                Markup("p", ["class": "line actions"], actions(record, standing, words)),
            ])
    }

    private func actions(_ record: RunRecord, _ standing: RunStanding, _ words: PageWords) -> [Markup] {
        let run = record.run
        // What comes and goes stands last: nothing moves away under a pointer.
        var actions = [
            Markup("a", ["class": "button", "href": RunAgain(record).place], words(Message("Once more"))),
            Markup(
                "a", ["class": "button", "href": "/api/runs/\(AddressWord.escape(run.id.text))/report"],
                words(Message("Report"))),
        ]
        if standing.isRunning { actions.append(RunList(words: words).cancel(run.id)) }
        if !standing.isRunning, run.package == nil, run.state != .done {
            actions.append(
                Operate(operation: ["operation": .string(ResumeOperation.name), "run": .string(run.id.text)]).button(
                    words(Message("Go on with it"))))
        }
        return actions
    }

    // MARK: Timeline

    private func timeline(_ record: RunRecord, _ words: PageWords) -> Markup {
        // What runs goes on until now, in steps, so that not every look at it is another picture.
        let until =
            record.run.state == .running ? Timestamp(milliseconds: Timestamp.now.milliseconds / 1000 * 1000) : nil
        // What an earlier run did is no part of this one's time.
        let own = record.attempts.filter { record.origin(of: $0) == nil }
        let data = ReportData(record.run, tasks: record.tasks, attempts: own, until: until)
        let chart = TimelineChart(data: data, words: ReportWords(words.language))
        var content: [Markup] = []
        if own.count > Self.mostBars {
            content = [Markup("p", ["class": "empty"], words(Message("There are too many attempts for a chart.")))]
        } else if let markup = chart.markup {
            content =
                [
                    Markup(
                        "div",
                        [
                            "class": "wide", "tabindex": "0", "role": "group",
                            "aria-label": words(Message("Who did what when")),
                        ], [markup])
                ] + narrow(data, words) + [
                    chart.legend,
                    Markup(
                        "details", ["id": "timeline-table"],
                        [Markup("summary", [:], words(Message("the same as a table"))), times(record, own, words)]),
                ]
        } else {
            let words = words(
                own.count < record.attempts.count
                    ? Message("All results were taken from earlier runs.") : Message("Nothing has begun yet."))
            content = [Markup("p", ["class": "empty"], words)]
        }
        return Markup(
            "section", ["id": "timeline", "data-live": ""],
            [Markup("h2", [:], words(Message("Who did what when")))] + content)
    }

    /// The same for a narrow screen, where the other one would be cut; of very many bars the page has one alone.
    private func narrow(_ data: ReportData, _ words: PageWords) -> [Markup] {
        guard data.attempts.count <= Self.mostNarrowBars else { return [] }
        let chart = TimelineChart(data: data, words: ReportWords(words.language), isNarrow: true).markup
        return chart.map { [Markup("div", ["class": "narrow"], [$0])] } ?? []
    }

    private func times(_ record: RunRecord, _ own: [Attempt], _ words: PageWords) -> Markup {
        let names = Dictionary(uniqueKeysWithValues: record.tasks.map { ($0.id, $0.name) })
        let rows = own.prefix(Self.rowsOfPage).map { attempt in
            Markup(
                "tr", [:],
                [
                    Markup.cell(words(Message("host")), attempt.host.text),
                    Markup.cell(words(Message("task")), names[attempt.task] ?? ""),
                    Markup.cell(words(Message("state")), words(attempt.state.words)),
                    Markup.cell(
                        words(Message("started")), isNumber: true, attempt.started.map { [words.clock($0)] } ?? []),
                    Markup.cell(words(Message("ended")), isNumber: true, attempt.ended.map { [words.clock($0)] } ?? []),
                ])
        }
        return Markup.table(
            [
                (words(Message("host")), false), (words(Message("task")), false), (words(Message("state")), false),
                (words(Message("started")), true), (words(Message("ended")), true),
            ], id: "times", caption: words(Message("Who did what when")), isLive: false, rows)
    }

    // MARK: Tasks

    private func table(_ record: RunRecord, _ request: PageRequest) throws -> Markup {
        let words = request.words
        let part = ListPart(record.rows, number: request.part, size: Self.rowsOfPage)
        let rows = part.items.map { task, attempt in
            Markup(
                "tr", ["id": "task-\(task.position)-\(attempt?.number ?? 0)", "data-live": ""],
                [
                    Markup("th", ["scope": "row"], HostText(task.name).line(atMost: 80)),
                    Markup.cell(words(Message("host")), attempt?.host.text ?? "–"),
                    Markup.cell(words(Message("state")), state(attempt, words) + origin(of: attempt, record, words)),
                    Markup.cell(words(Message("try")), isNumber: true, attempt.map { "\($0.number)" } ?? "–"),
                    Markup.cell(words(Message("took")), isNumber: true, attempt?.duration?.shown ?? "–"),
                    Markup.cell(
                        words(Message("metrics")), attempt?.metrics.map { HostText($0.shown).line(atMost: 160) } ?? ""),
                ])
        }
        return Markup(
            "section", [:],
            [
                Markup("h2", [:], words(Message("Tasks"))),
                Markup.table(
                    [
                        (words(Message("task")), false), (words(Message("host")), false),
                        (words(Message("state")), false), (words(Message("try")), true), (words(Message("took")), true),
                        (words(Message("metrics")), false),
                    ], id: "tasks", caption: words(Message("Tasks")), rows),
            ] + part.navigation("/runs/\(AddressWord.escape(record.run.id.text))", [], words))
    }

    /// Whose result it is, where an earlier run has it, and since when.
    private func origin(of attempt: Attempt?, _ record: RunRecord, _ words: PageWords) -> [Markup] {
        guard let attempt, let run = record.origin(of: attempt) else { return [] }
        return [
            Markup(
                "small", ["class": "why"],
                [
                    Markup(text: words(Message("taken from an earlier run")) + ": "),
                    .link("/runs/\(AddressWord.escape(run.text))", run.text),
                ] + (attempt.ended.map { [Markup(text: ", "), words.clock($0)] } ?? []))
        ]
    }

    private func state(_ attempt: Attempt?, _ words: PageWords) -> [Markup] {
        guard let attempt else { return [StateSign.waiting.markup(words(Message("waiting")))] }
        let sign: StateSign =
            switch attempt.state {
            case .planned, .sent: .waiting
            case .running: .running
            case .done: .good
            case .failed: .bad
            case .lost: .gone
            case .cancelled: .off
            }
        let why = attempt.failure.map {
            [Markup("small", ["class": "why"], HostText(words($0.message)).line(atMost: 300))]
        }
        return [sign.markup(words(attempt.state.words))] + (why ?? [])
    }

    // MARK: Output

    /// While it runs the stream brings it; afterwards the end of what came home stands here.
    private func output(of run: Run, isRunning: Bool, _ words: PageWords) async throws -> Markup {
        let title = Markup("h2", [:], words(Message("Output")))
        let lines = isRunning ? [] : try await rest(of: run, words)
        return Markup(
            "section", [:],
            [
                title,
                Markup(
                    "div",
                    [
                        "id": "log", "class": "log", "tabindex": "0", "role": "log", "aria-live": "off",
                        "aria-label": words(Message("Output")),
                        "data-missed": words(Message("earlier lines were left out")),
                    ], lines),
            ])
    }

    private func rest(of run: Run, _ words: PageWords) async throws -> [Markup] {
        let logs = try await service.ask(LogsQuery(run.id.text)).logs.suffix(Self.logs)
        return await ThreadExecutor.disk.run {
            logs.flatMap { log in
                [(CommandLine.Stream.output, "output"), (.error, "error")].flatMap { stream, style in
                    log.tail(of: stream, bytes: Self.tailBytes, lines: Self.tailLines).map { line in
                        Markup(
                            "p", ["class": style],
                            [
                                Markup("span", ["class": "who"], "\(log.host) \(HostText(log.task).line(atMost: 40))"),
                                Markup(text: HostText(line).line(atMost: 2000)),
                            ])
                    }
                }
            }
        }
    }
}

/// All runs, part by part.
struct RunsPage {
    private static let (most, ofPage) = (1000, 40)

    let service: FleetService
    let queues: QueueBoard

    func page(_ request: PageRequest) async throws -> Page {
        let words = request.words
        let summaries = try await service.ask(RunsQuery(limit: Self.most))
        let part = ListPart(summaries, number: request.part, size: Self.ofPage)
        var standings: [RunStanding] = []
        for summary in part.items {
            standings.append(try await RunStanding(summary.run, isAbandoned: summary.isAbandoned, service, queues))
        }
        return Page(
            title: words(Message("Runs")), section: .overview,
            content: [
                Markup("h1", [:], words(Message("Runs"))),
                Markup.note(
                    "no-runs", [Markup(text: words(Message("Nothing has run yet.")))], isShown: standings.isEmpty),
                RunList(words: words).markup(standings),
            ] + part.navigation("/runs", [], words), wantsQueue: true)
    }
}
