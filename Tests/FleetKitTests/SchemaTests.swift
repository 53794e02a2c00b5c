import FleetTesting
import Foundation
import Testing

/// What commands print as JSON, against the schemas in docs/schema (JSON Schema, 2020-12), by Debian's python3-jsonschema.
@Suite struct SchemaTests {
    private static let schemas = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("docs/schema").path

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(
            """
            hosts:
              here: { address: localhost, transport: local, root: \(folder.path)/here }
              gone: { address: 127.0.0.1, port: 1, connect_timeout: 5s }
            """, to: "inventory/hosts.yaml")
        try folder.write(
            "name: hello\nversion: 1.0.0\nengines: { sh: { methods: [native], run: sh work.sh } }\n",
            to: "packages/hello/package.yaml")
        try folder.write(
            "echo '{\"step\":1}' >&3; echo said; ln -s /etc/passwd \"$FLEET_OUT/link\"\n", to: "packages/hello/work.sh")
        try folder.write(
            "tasks:\n  - { name: good, command: 'true', schedule: every 15m }\n  - { name: bad, command: 'exit 3', retries: 0 }\n",
            to: "tasks.yaml")
    }

    /// - Returns: what a command prints, whatever its status.
    private func fleet(
        _ words: [String], _ options: [String], _ environment: [String: String] = [:]
    ) throws -> String {
        let end = words.firstIndex(of: "--") ?? words.endIndex
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Program.fleet)
        process.arguments = words[..<end] + options + ["--project", folder.path] + words[end...]
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        try folder.write("", to: "printed")
        process.standardOutput = FileHandle(forWritingAtPath: folder.path + "/printed")
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return try folder.read("printed")
    }

    /// Each line must be as the schema has it.
    private func check(_ lines: some Sequence<Substring>, _ schema: String) throws {
        let code = """
            import json, sys, jsonschema
            schema = json.load(open(sys.argv[1]))
            for line in sys.stdin: jsonschema.validate(json.loads(line), schema, jsonschema.Draft202012Validator)
            """
        let text = lines.map { $0 + "\n" }.joined()
        #expect(!text.isEmpty)
        // Debian's own, whatever other Python is first on the PATH.
        try Program.run(
            ["/usr/bin/python3", "-c", code, "\(Self.schemas)/\(schema).json"], input: Array(text.utf8))
    }

    @Test(arguments: [
        ("ping", ["ping"]), ("doctor", ["doctor"]), ("status", ["status"]),
        ("deep-check", ["inventory", "check", "--deep"]), ("exec", ["exec", "--", "sh", "-c", "echo hi; exit 3"]),
        ("check", ["inventory", "check"]),
        ("push", ["push", "--all"]), ("push", ["push", "--all", "--dry-run"]), ("run", ["run", "hello"]),
        ("tasks", ["tasks", "run"]), ("tasks-plan", ["tasks", "plan"]), ("tasks-status", ["tasks", "status"]),
        ("runs", ["runs"]), ("runs-collect", ["runs", "collect"]), ("schedules", ["schedule", "list"]),
        ("host-schedules", ["schedule", "list", "--all"]), ("schedule-remove", ["schedule", "remove", "--all"]),
        ("versions", ["versions"]), ("rollback", ["rollback", "hello", "--all"]),
        ("verify", ["verify"]), ("prune", ["prune", "--all", "--dry-run"]),
    ])
    func isAsItsSchemaSays(schema: String, words: [String]) throws {
        try check(fleet(words, ["--json"]).split(separator: "\n"), schema)
    }

    /// What is asked of runs that were.
    @Test func answersAboutRunsAreAsTheirSchemasSay() throws {
        _ = try fleet(["run", "hello"], [])
        _ = try fleet(["tasks", "run"], [])
        let questions = [
            ("status", ["status"]),
            ("runs", ["runs"]), ("run-record", ["runs", "show", "last"]), ("run-record", ["runs", "attach"]),
            ("run-record", ["report"]), ("logs", ["logs", "last"]), ("tasks-status", ["tasks", "status"]),
            ("runs-pull", ["runs", "pull"]), ("runs-cancel", ["runs", "cancel", "last"]),
        ]
        for (schema, words) in questions { try check(fleet(words, ["--json"]).split(separator: "\n"), schema) }
        // With --events the result is the last line, also where there are no events.
        try check(fleet(["runs"], ["--events"]).split(separator: "\n"), "runs")
    }

    @Test(arguments: [["runs", "reap"], ["runs", "reap", "--foreign"], ["runs", "stop", "--all", "--dry-run"]])
    func jobsOnHostsAreAsTheirSchemaSays(words: [String]) throws {
        try folder.write("", to: "here/runs/20261121-153012-a1b2.1.1/job.json")
        let lines = try fleet(words, ["--json"]).split(separator: "\n")
        #expect(lines.joined().contains("20261121-153012-a1b2.1.1"))
        try check(lines, "jobs")
    }

    /// A crontab of its own stands in for this machine's.
    @Test func aPushedScheduleIsAsItsSchemasSay() throws {
        let table = folder.path + "/table"
        try folder.write(
            """
            #!/bin/sh
            [ "$1" = -l ] || exec cat >\(table)
            [ -e \(table) ] || { echo 'no crontab for you' >&2; exit 1; }
            exec cat \(table)

            """, to: "bin/crontab")
        try Program.run(["chmod", "+x", folder.path + "/bin/crontab"])
        let path = ["PATH": "\(folder.path)/bin:" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")]
        for (schema, words) in [
            ("schedule-push", ["schedule", "push", "here"]),
            ("host-schedules", ["schedule", "list", "--hosts", "here"]),
            ("schedule-remove", ["schedule", "remove", "--hosts", "here"]),
        ] {
            let lines = try fleet(words, ["--json"], path).split(separator: "\n")
            #expect(lines.joined().contains("good") || schema == "schedule-remove")
            try check(lines, schema)
        }
    }

    /// root's would be a unit of this machine: it goes into an /etc of its own.
    @Test func aUnitIsAsItsSchemaSays() throws {
        let words = [Program.fleet, "schedule", "install", "--json", "--project", folder.path]
        let apart = ["unshare", "--mount", "sh", "-c", "mount -t tmpfs tmpfs /etc && exec \"$0\" \"$@\""]
        let printed = try Program.run((getuid() == 0 ? apart : []) + words, environment: ["HOME": folder.path])
        try check(String(decoding: printed, as: UTF8.self).split(separator: "\n"), "schedule-install")
    }

    @Test(arguments: [
        ("host-add", ["host", "add", "new", "192.0.2.7", "--no-check"]),
        ("host-remove", ["host", "remove", "gone", "-y"]),
        ("host-pin", ["host", "pin", "--all", "--yes"]),
        ("host-prepare", ["host", "prepare", "--all", "--python", "--dry-run"]),
        ("inventory-list", ["inventory", "list"]), ("inventory-show", ["inventory", "show", "here"]),
        ("inventory-show", ["inventory", "show", "gone"]), ("package", ["package", "--for", "here"]),
        ("package-list", ["package", "--list"]), ("package-files", ["package", "--list-files"]),
        ("package-new", ["package", "new", "other"]), ("project-files", ["check"]), ("lab", ["lab", "status"]),
        ("init", ["init"]), ("keys", ["keys"]), ("version", ["version"]),
        ("key", ["keys", "new", "mine", "--in-project"]),
    ])
    func whatIsKnownHereIsAsItsSchemaSays(schema: String, words: [String]) throws {
        try check(fleet(words, ["--json"]).split(separator: "\n"), schema)
    }

    /// Without an event of its own the answer is all that is printed.
    @Test(arguments: [
        ("inventory-list", ["inventory", "list"]), ("package-list", ["package", "--list"]), ("keys", ["keys"]),
    ])
    func answersWhereEventsAreWanted(schema: String, words: [String]) throws {
        try check(fleet(words, ["--events"]).split(separator: "\n"), schema)
        #expect(try fleet(["events", "--limit", "1000"], ["--json"]).isEmpty)
    }

    @Test func answersOfAModelAreAsTheirSchemaSays() throws {
        try folder.write(
            """
            name: ask
            version: 1.0.0
            parameters:
              question: { type: string, default: "" }
              simulate: { type: float, default: 0 }
            engines: { sh: { methods: [native], run: "echo yes" } }
            """, to: "packages/ask/package.yaml")
        let words = ["ask", "why", "--simulate", "0.1s"]
        try check(fleet(words + ["--hosts", "here"], ["--json"]).split(separator: "\n"), "ask")
    }

    @Test func importsAreAsTheirSchemaSays() throws {
        try folder.write("Host a gone\n  HostName 192.0.2.7\n", to: "ssh_config")
        try check(
            fleet(["inventory", "import", folder.path + "/ssh_config"], ["--json"]).split(separator: "\n"),
            "inventory-import")
    }

    /// What hosts have, after two pushes and some damage.
    @Test func releasesAreAsTheirSchemasSay() throws {
        _ = try fleet(["push", "--all"], [])
        try folder.write("echo again\n", to: "packages/hello/work.sh")
        _ = try fleet(["push", "--all"], [])
        for (schema, words) in [
            ("versions", ["versions"]), ("rollback", ["rollback", "hello", "--all"]), ("verify", ["verify"]),
            ("prune", ["prune", "--all", "--keep", "1", "--master"]),
        ] {
            try check(fleet(words, ["--json"]).split(separator: "\n"), schema)
        }
    }

    @Test(arguments: [("run", ["run", "hello"]), ("push", ["push", "--all"]), ("tasks", ["tasks", "run"])])
    func eventsAreAsTheirSchemaSays(schema: String, words: [String]) throws {
        let lines = try fleet(words, ["--events"]).split(separator: "\n")
        try check(lines.dropLast(), "event")
        try check(lines.suffix(1), schema)
        try check(fleet(["events", "--limit", "1000"], ["--json"]).split(separator: "\n"), "event")
    }

    @Test func refusesWhatIsNotAsTheSchemaSays() {
        let failure = #expect(throws: Program.Failed.self) { try check(["{\"hosts\":[{\"host\":\"a\"}]}"], "ping") }
        #expect(failure?.description.contains("ValidationError") == true)
    }
}
