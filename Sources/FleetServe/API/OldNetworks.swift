import FleetBase
import FleetConfig
import FleetHosts
import FleetHTTP
import FleetService
import FleetViews

/// The routes of the networks of workers that were there before fleet, so that their clients work with another address and
/// a token.
struct OldNetworks: Sendable {
    private let service: FleetService
    /// Their clients ask often, and many at once.
    private let pings: SharedRound<[HostOutcome<Duration>]>

    init(service: FleetService) {
        self.service = service
        pings = SharedRound { try await service.start(PingOperation(), command: "api: ping_all").result }
    }

    var routes: [Route] {
        [
            Route(
                "GET", "/ping", .open, help: "whether the server is up",
                reply: .json(.schema(["status": ["const": "ok"]]))
            ) { try $0.answer(["status": "ok"]) },
            Route(
                "GET", "/health", .open, help: "whether the server is up",
                reply: .json(.schema(["status": ["const": "healthy"]]))
            ) { try $0.answer(["status": "healthy"]) },
            work("/ping_all", help: "which hosts answer now", Self.workersSchema) { asked in
                try asked.answer(JSONValue.object(["workers": try await workers()]))
            },
            work("/status", help: "how many hosts answer now, and which", Self.statusSchema) { asked in
                try asked.answer(try await status())
            },
            Route(
                "POST", "/api/execute", help: "run one command and wait for its end",
                body: Route.Body(schema: Field.object(Self.fields)), reply: .json(Self.commandSchema)
            ) { asked in try asked.answer(try await command(try asked.json())) },
            Route(
                "POST", "/execute", help: "run one command or one benchmark and wait for its end",
                body: Route.Body(
                    schema: ["oneOf": [Field.object(Self.fields), Field.object(Self.benchmarkFields)]]),
                reply: .json(["anyOf": [Self.commandSchema, ViewSchemas.reference("run", "/properties/tasks/items")]])
            ) { asked in
                let body = try asked.json()
                return try asked.answer(try await body["benchmark"] == nil ? command(body) : benchmark(body))
            },
            Route(
                "POST", "/execute_tasks", help: "run all tasks of tasks.yaml and wait for their end",
                reply: .json(Self.tasksSchema)
            ) { asked in try asked.answer(try await tasks()) },
        ]
    }

    private func work(
        _ path: String, help: String, _ schema: JSONValue,
        _ answer: @escaping @Sendable (Asked) async throws -> HTTPResponse
    ) -> Route {
        var route = Route("GET", path, .known, help: help, reply: .json(schema), answer)
        route.isWork = true
        return route
    }

    // MARK: The forms of answers

    private static let workersSchema = JSONValue.schema([
        "workers": [
            "type": "array",
            "items": .schema([
                "worker_id": ["type": "string"], "alive": ["type": "boolean"],
                "status": ["enum": ["ok", "offline"]], "error": .orNull("string"),
            ]),
        ]
    ])

    private static let statusSchema = JSONValue.schema([
        "status": ["type": "string"], "workers": workersSchema["properties"]?["workers"] ?? [:],
        "active": ["type": "integer"], "total": ["type": "integer"],
    ])

    private static let commandSchema = JSONValue.schema([
        "success": ["type": "boolean"], "output": ["type": "string"], "error": ["type": "string"],
        "method": ["type": "string"], "host": ["type": "string"], "exit": .orNull("integer"),
    ])

    private static let tasksSchema = JSONValue.schema([
        "success": ["type": "boolean"], "run": ["type": "string"],
        "results": ViewSchemas.reference("tasks", "/properties/tasks"),
    ])

    // MARK: One command

    private static let fields = [
        Field("command", .text, isRequired: true, "a line for the shell, or Python code"),
        Field("working_dir", .text, "the host's folder to run it in"),
        Field("task_type", .text, "python for code; else it is a line for the shell"),
        Field("host", .text, "which host; the first one that answers when left out"),
    ]

    private func command(_ body: JSONValue) async throws -> JSONValue {
        let values = try FieldValues(body, Self.fields)
        let text = values.text("command") ?? ""
        let isPython = values.text("task_type") == "python"
        var execution = isPython ? Execution(python: text) : Execution(words: [text])
        execution.directory = values.text("working_dir")
        let hosts = try values.text("host").map { [$0] } ?? service.currentInventory.hosts.map(\.name.text)
        var absent: Failure?
        for host in hosts {
            let handle = try service.start(
                ExecOperation(execution, on: HostSelector(hosts: [host])), command: "api: execute")
            let outcomes = try await handle.result
            if let failure = outcomes.first?.failure, failure.kind.isAbsence, host != hosts.last {
                absent = failure
                continue
            }
            guard let row = ExecView(outcomes, method: isPython ? "python" : "shell").results.first else { continue }
            return [
                "success": .bool(row.success), "output": .string(row.output),
                "error": .string(row.error.isEmpty ? row.failure?.message.text(in: .english) ?? "" : row.error),
                "method": .string(row.method), "host": .string(row.host),
                "exit": row.exit.map { .integer(Int64($0)) } ?? .null,
            ]
        }
        throw absent ?? Problem(503, Message("NO ACTIVE MACHINES"))
    }

    // MARK: One benchmark

    private static let benchmarkFields = [
        Field("benchmark", .text, isRequired: true, "such as benchmark.py or benchmark_cython"),
        Field("params", .values, "its parameters by name"),
    ]

    private func benchmark(_ body: JSONValue) async throws -> JSONValue {
        let values = try FieldValues(body, Self.benchmarkFields)
        var name = values.text("benchmark") ?? ""
        if name.hasSuffix(".py") { name.removeLast(3) }
        // `benchmark_cython` is the package with that engine.
        let words = name.split(separator: "_", maxSplits: 1).map(String.init)
        let file = try await service.ask(PackagesQuery([words.first ?? name])).first
        guard let file else { throw Problem(404, Message("there is no package \(name)")) }
        var run = RunOperation(
            file.name, parameters: file.named(values.values("params")), on: try await freeHost(),
            command: "api: execute \(name)")
        if words.count > 1 { run.engine = words[1] }
        let result = try await service.start(run, command: run.command).result
        guard let outcome = RunView(result).tasks.first else { throw Problem(503, Message("NO ACTIVE MACHINES")) }
        return try JSONText.decode(JSONValue.self, from: JSONText.encode(outcome, in: .english).utf8)
    }

    /// The first host that answers.
    private func freeHost() async throws -> HostSelector {
        let outcomes = try await pings.value()
        guard let host = outcomes.first(where: { $0.failure == nil })?.host else {
            throw Problem(503, Message("NO ACTIVE MACHINES"))
        }
        return HostSelector(hosts: [host.text])
    }

    // MARK: All hosts

    private func workers() async throws -> JSONValue {
        let outcomes = try await pings.value()
        return .array(
            outcomes.map { outcome in
                [
                    "worker_id": .string(outcome.host.text), "alive": .bool(outcome.failure == nil),
                    "status": .string(outcome.failure == nil ? "ok" : "offline"),
                    "error": outcome.failure.map { .string($0.message.text(in: .english)) } ?? .null,
                ]
            })
    }

    private func status() async throws -> JSONValue {
        let workers = try await workers()
        guard case .array(let list) = workers else { return .null }
        let alive = list.filter { $0["alive"] == true }.count
        return [
            "status": .string(alive > 0 ? "ok" : "NO ACTIVE MACHINES"), "workers": workers,
            "active": .integer(Int64(alive)), "total": .integer(Int64(list.count)),
        ]
    }

    private func tasks() async throws -> JSONValue {
        let operation = TasksOperation(TaskWords(names: []), command: "api: execute_tasks")
        let report = try await service.start(operation, command: operation.command).result
        let view = try JSONText.decode(
            JSONValue.self, from: JSONText.encode(TasksView(report), in: .english).utf8)
        return [
            "success": .bool(report.results.allSatisfy(\.isDone)), "run": view["run"] ?? .null,
            "results": view["tasks"] ?? .null,
        ]
    }
}

extension PackageFile {
    /// Parameters by their own names: those of before are aliases.
    fileprivate func named(_ values: [String: String]) -> [String: String] {
        var own: [String: String] = [:]
        for (name, value) in values {
            own[parameters.first { $0.aliases.contains(name) }?.name ?? name] = value
        }
        return own
    }
}
