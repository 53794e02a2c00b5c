import FleetBase
import FleetConfig
import FleetEvents
import FleetHTTP
import FleetHosts
import FleetReport
import FleetService
import FleetViews

/// The routes for programs: everything that the command line does, as JSON.
struct API: Sendable {
    let service: FleetService
    let operations: StartedOperations
    let watch: HostWatch
    let version: String
    /// Other routes for programs, which the description has, too.
    let others: [Route]

    var routes: [Route] { state + operationRoutes + runs + events + [description] }

    // MARK: What is known

    private var state: [Route] {
        [
            Route(
                "GET", "/api/health", .open, help: "whether the server is up",
                reply: .json(.schema(["status": ["const": "up"]]))
            ) { try $0.answer(Health()) },
            Route(
                "GET", "/api/version", help: "which fleet this is",
                reply: .json(.schema(["version": ["type": "string"], "project": ["type": "string"]]))
            ) { asked in
                try asked.answer(
                    Version(
                        version: version,
                        project: service.project.folder.split(separator: "/").last.map(String.init) ?? ""))
            },
            Route(
                "GET", "/api/hosts", help: "the hosts of the inventory, with what is remembered of each",
                reply: .view("inventory-list")
            ) { asked in
                try asked.answer(InventoryListView(try await service.ask(InventoryQuery())))
            },
            Route(
                "GET", "/api/hosts/{host}", help: "all that is known of one host", reply: .view("inventory-show")
            ) { asked in
                let query = HostQuery(asked.parameter("host"))
                return try await asked.orNotFound { try asked.answer(InventoryShowView(try await service.ask(query))) }
            },
            Route("GET", "/api/packages", help: "the packages of the project", reply: .view("package-list")) { asked in
                try asked.answer(PackageListView(try await service.ask(AllPackagesQuery())))
            },
            Route(
                "GET", "/api/schedules", help: "what runs by itself from this machine, and when next",
                reply: .view("schedules")
            ) { asked in
                try asked.answer(SchedulesView(try await schedules()))
            },
        ]
    }

    /// A project without tasks, or whose tasks have no times, is no fault of who asks.
    private func schedules() async throws -> [OwnSchedule] {
        guard Disk.exists(service.project.tasksFile) else { return [] }
        do { return try await service.ask(SchedulesQuery()) } catch let error as ConfigError
            where error.code == .unknownName
        {
            return []
        }
    }

    private struct Health: Encodable { let status = "up" }

    private struct Version: Encodable {
        let version: String
        let project: String
    }

    // MARK: Operations

    private var operationRoutes: [Route] {
        let forms = OperationForm.all.values.sorted { $0.name < $1.name }
        let body: JSONValue = ["oneOf": .array(forms.map(\.requestSchema))]
        return [
            Route(
                "GET", "/api/operations", help: "the operations that requests have started here",
                reply: .json(.schema(["operations": ["type": "array", "items": StandingView.schema]]))
            ) { asked in
                try asked.answer(["operations": operations.all.map { StandingView($0, nil, asked.language) }])
            },
            Route(
                "POST", "/api/operations",
                help: "start an operation; the answer comes at once, with where it can be followed",
                body: Route.Body(schema: body), reply: .json(StandingView.schema, status: 202)
            ) { asked in
                let body = try asked.json()
                let place = try await service.bus.feed?.last()
                let started = try await start(body)
                operations.add(started, after: place)
                guard let standing = operations[started.id] else { preconditionFailure("what was added is there") }
                var response = try asked.answer(StandingView(standing, nil, asked.language), status: 202)
                response.headers.append(("Location", "/api/operations/\(started.id)"))
                return response
            },
            Route(
                "GET", "/api/operations/{operation}",
                help: "how an operation stands, and its result when it has ended",
                queries: [
                    Route.Query("wait", .flag, "whether to answer only at its end")
                ], reply: .json(StandingView.schema)
            ) { asked in
                let id = try asked.operation
                if asked.request.query("wait") == "true" { await operations.end(of: id) }
                guard let standing = operations[id] else {
                    throw Problem(404, Message("no request has started the operation \(id) here"))
                }
                return try asked.answer(StandingView(standing, standing.result, asked.language))
            },
            Route(
                "DELETE", "/api/operations/{operation}", help: "end an operation in good order, whoever started it",
                reply: .json(.schema(["operation": ["type": "string"]]), status: 202)
            ) { asked in
                let id = try asked.operation
                return try await asked.orNotFound {
                    if !operations.cancel(id) { try await service.cancel(id) }
                    return try asked.answer(["operation": id.text], status: 202)
                }
            },
            Route(
                "GET", "/api/operations/{operation}/events", help: "what an operation tells, as it comes",
                queries: place, reply: .events
            ) { asked in
                let id = try asked.operation
                if operations[id] == nil, try await service.bus.feed?.knows(id) == false {
                    throw Problem(404, Message("the feed has no operation \(id)"))
                }
                return try await EventStream(asked, service, of: id, from: operations[id]?.place).response
            },
        ]
    }

    private func start(_ body: JSONValue) async throws -> StartedOperation {
        guard let name = body["operation"]?.string else {
            throw Problem(422, Message("the field operation is missing: what is to be done"))
        }
        guard let form = OperationForm.all[name] else {
            throw ConfigError.unknown(name, kind: Message("operation"), among: OperationForm.all.keys.sorted())
        }
        switch name {
        case RunOperation.name: try await RunParameters(body).check(by: service)
        case TasksOperation.name: try await RunParameters(body, takesSeveral: true).check(by: service)
        default: break
        }
        return try await form.start(body, by: service)
    }

    // MARK: Runs

    private var runs: [Route] {
        let limit = Route.Query("limit", .number(1...1000), "how many at most; 20 when left out")
        return [
            Route(
                "GET", "/api/runs", help: "the latest runs, the newest first", queries: [limit], reply: .view("runs")
            ) { asked in
                let limit = asked.request.query("limit").flatMap { Int($0) } ?? 20
                return try asked.answer(RunsView(try await service.ask(RunsQuery(limit: limit))))
            },
            Route(
                "GET", "/api/runs/{run}", help: "a run with its tasks and their attempts", reply: .view("run-record")
            ) { asked in
                try await asked.orNotFound {
                    try asked.answer(RunRecordView(try await service.sharedRun(asked.parameter("run"))))
                }
            },
            Route(
                "GET", "/api/runs/{run}/logs", help: "what the workers of a run wrote, as it came home",
                reply: .view("logs")
            ) { asked in
                try await asked.orNotFound {
                    let run = try await service.sharedRun(asked.parameter("run")).run
                    return try asked.answer(LogsView(try await service.ask(LogsQuery(run.id.text))))
                }
            },
            Route("GET", "/api/runs/{run}/report", help: "a page that tells everything of a run") { asked in
                try await asked.orNotFound {
                    let run = try await service.sharedRun(asked.parameter("run")).run
                    let query = ReportQuery(run.id.text, as: .page(in: asked.language))
                    var response = HTTPResponse(
                        200, type: "text/html; charset=utf-8", Array(try await service.ask(query).text.utf8))
                    // The page has its style in itself, and nothing else.
                    response.headers.append(
                        (
                            "Content-Security-Policy",
                            "default-src 'none'; style-src '\(Self.reportStyle)'; frame-ancestors 'none'"
                        ))
                    return response
                }
            },
        ]
    }

    private static let reportStyle = ContentHash.source(Array(ReportStyle.sheet.utf8))

    // MARK: Events

    private var place: [Route.Query] {
        [
            Route.Query(
                "after", .text, "the sequence of the last event that was seen; what is yet to come when left out"),
            Route.Query("format", .word(["events", "lines"]), "lines: JSON lines instead of server-sent events"),
        ]
    }

    private var events: [Route] {
        let filters = [
            Route.Query("run", .text, "only events of this run"),
            Route.Query("host", .text, "only events of this host"),
            Route.Query(
                "hosts", .flag, "whether hosts are looked at meanwhile, and their figures sent as the event hosts"),
        ]
        return [
            Route("GET", "/api/events", help: "what happens, as it comes", queries: place + filters, reply: .events) {
                asked in
                try await EventStream(asked, service, watch).response
            }
        ]
    }

    private var description: Route {
        Route("GET", "/api/openapi.json", help: "this description", reply: .json(["type": "object"])) { asked in
            try asked.answer(OpenAPI(routes: routes + others, version: version).document)
        }
    }
}

extension Asked {
    /// The operation that the path names.
    fileprivate var operation: OperationID {
        get throws {
            guard let id = OperationID(reading: parameter("operation")) else {
                throw Problem(404, Message("\"\(parameter("operation"))\" is not the name of an operation"))
            }
            return id
        }
    }

    /// A thing that the path names and that is not there is no fault of the request's form.
    func orNotFound(_ body: () async throws -> HTTPResponse) async throws -> HTTPResponse {
        do { return try await body() } catch {
            let problem = Problem(error)
            throw problem.status == 500 ? problem : Problem(404, problem.message, hint: problem.hint)
        }
    }
}

/// How an operation stands, as JSON.
struct StandingView: Encodable {
    private let standing: StartedOperations.Standing
    private let result: JSONValue?

    /// - Parameter result: left out of lists.
    init(_ standing: StartedOperations.Standing, _ result: StartedOperation.Result?, _ language: Language) {
        self.standing = standing
        self.result = result.flatMap { try? JSONText.decode(JSONValue.self, from: $0(language).utf8) }
    }

    /// Each operation has a result of its own form.
    static var schema: JSONValue {
        let names = OperationForm.all.keys.sorted()
        let states = StartedOperations.Standing.State.allCases.map { JSONValue.string($0.rawValue) }
        let form = JSONValue.schema([
            "operation": ["type": "string"], "name": ["enum": .array(names.map { .string($0) })],
            "state": ["enum": .array(states)], "started": ["type": "string"], "ended": .orNull("string"),
            "error": .orNull("string"), "hint": .orNull("string"), "result": .orNull("object"),
        ])
        let results = OperationForm.all.values.sorted { $0.name < $1.name }.map { form -> JSONValue in
            let result: JSONValue = ["anyOf": [["type": "null"], ViewSchemas.reference(form.schema)]]
            return [
                "if": ["properties": ["name": ["const": .string(form.name)]]],
                "then": ["properties": ["result": result]],
            ]
        }
        return form.placing(.array(results), at: ["allOf"])
    }

    private enum Key: String, CodingKey { case operation, name, state, started, ended, error, hint, result }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(standing.id, forKey: .operation)
        try container.encode(standing.name, forKey: .name)
        try container.encode(standing.state.rawValue, forKey: .state)
        try container.encode(standing.started, forKey: .started)
        try container.encode(standing.ended, forKey: .ended)
        try container.encode(standing.error?.message, forKey: .error)
        try container.encode(standing.error?.hint, forKey: .hint)
        try container.encode(result, forKey: .result)
    }
}
