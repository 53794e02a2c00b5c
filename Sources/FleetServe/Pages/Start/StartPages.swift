import FleetBase
import FleetConfig
import FleetHosts
import FleetReport
import FleetService

/// Forms that start a run, a push and tasks. The script sends them to `/api/operations` as JSON.
struct StartPages {
    let service: FleetService

    private enum Kind: String, CaseIterable {
        case run, push, tasks

        var title: Message {
            switch self {
            case .run: Message("Run a package")
            case .push: Message("Push packages")
            case .tasks: Message("Run tasks")
            }
        }
    }

    private func page(_ kind: Kind, _ request: PageRequest, _ form: [Markup]) -> Page {
        let words = request.words
        let tabs = Kind.allCases.map { item in
            Markup(
                "a", ["href": "/start/\(item.rawValue)", "aria-current": item == kind ? "page" : nil],
                words(item.title))
        }
        return Page(
            title: words(kind.title), section: .start,
            content: [
                Markup("nav", ["class": "tabs", "aria-label": words(Message("what to start"))], tabs),
                Markup("h1", [:], words(kind.title)),
            ] + form)
    }

    // MARK: A run

    func run(_ request: PageRequest) async throws -> Page {
        let words = request.words
        let files = try await service.ask(AllPackagesQuery()).files
        let again = try await again(request)
        let wanted = try known(again?.package ?? request.query("package"), among: files)
        guard let package = files.first(where: { $0.name == wanted }) ?? files.first else {
            return page(
                .run, request, [Markup("p", ["class": "empty"], words(Message("The project has no packages.")))])
        }
        let fields = FormFields(words: words)
        let choice = Markup(
            "form", ["class": "filter", "action": "/start/run", "method": "get"],
            [
                Markup("label", ["for": "package"], words(Message("package"))),
                Markup(
                    "select", ["id": "package", "name": "package"],
                    files.map { file in
                        Markup(
                            "option", ["value": file.name, "selected": file.name == package.name ? "" : nil], file.name)
                    }), Markup("button", ["type": "submit"], words(Message("Choose"))),
            ])
        let parameters = package.parameters.map { parameter in
            fields.parameter(parameter, given: parameter.names.lazy.compactMap { again?.parameters[$0] }.first)
        }
        let form = Markup(
            "form",
            [
                "class": "form", "data-operation": RunOperation.name, "data-sweep": TasksOperation.name,
                "data-count": Self.countPlace,
            ],
            [
                Markup("input", ["type": "hidden", "name": "package", "value": package.name, "data-kind": "text"]),
                Markup("p", ["class": "error", "data-error": "package", "role": "alert"], ""),
            ]
                + (package.description.map { [Markup("p", [:], $0.text(in: words.language))] } ?? [])
                + (parameters.isEmpty
                    ? []
                    : [
                        Markup(
                            "fieldset", [:],
                            [Markup("legend", [:], words(Message("Parameters")))] + parameters
                                + severalValues(package, words))
                    ])
                + [
                    try hosts(request, again),
                    Markup("p", ["class": "count", "role": "status"], ""),
                    fields.end(words(Message("Start the run"))),
                ])
        return page(.run, request, [choice, form])
    }

    private func severalValues(_ package: PackageFile, _ words: PageWords) -> [Markup] {
        guard package.parameters.contains(where: \.isNumber) else { return [] }
        let sentence = words(Message("A number may have several values: 100,200,300 or 1..10."))
        return [Markup("p", ["class": "faint"], sentence)]
    }

    private static let countPlace = "/start/run/count"

    /// Tells a form how many tasks its values make, before anything starts.
    var count: Route {
        Route("POST", Self.countPlace) { asked in
            let words = PageWords(language: asked.language)
            // A form that is not filled in yet is no bad request.
            let (count, sentence, field): (Int, String, String?)
            do {
                count = try await RunParameters(try asked.json(), takesSeveral: true).check(by: service)
                (sentence, field) = (Self.sentence(count, words), nil)
            } catch {
                let problem = Problem(error)
                (count, sentence, field) = (0, words(problem.message), problem.field)
            }
            return try asked.answer(
                [
                    "tasks": .integer(Int64(count)), "sentence": .string(sentence),
                    "field": field.map { .string($0) } ?? .null,
                ] as JSONValue)
        }
    }

    private static func sentence(_ count: Int, _ words: PageWords) -> String {
        count == 1
            ? words(Message("It runs once on each of the hosts."))
            : words(Message("These are \(count) tasks; each runs once, on one of the hosts."))
    }

    /// - Throws: for the name of a package that there is not.
    private func known(_ package: String?, among files: [PackageFile]) throws(ConfigError) -> String? {
        guard let package, !files.contains(where: { $0.name == package }) else { return package }
        throw .unknown(package, kind: Message("package"), among: files.map(\.name))
    }

    // MARK: A push

    func push(_ request: PageRequest) async throws -> Page {
        let words = request.words
        let fields = FormFields(words: words)
        let files = try await service.ask(AllPackagesQuery()).files
        guard !files.isEmpty else {
            return page(
                .push, request, [Markup("p", ["class": "empty"], words(Message("The project has no packages.")))])
        }
        let wanted = try known(request.query("package"), among: files)
        let boxes = files.map { file in
            fields.box("packages", file.name, file.name, isOn: wanted == nil || wanted == file.name)
        }
        let form = Markup(
            "form", ["class": "form", "data-operation": PushOperation.name],
            [
                fields.group("packages", words(Message("Packages")), boxes),
                try hosts(request),
                Markup(
                    "fieldset", [:],
                    [
                        Markup("legend", [:], words(Message("How"))),
                        fields.flag("dry_run", words(Message("only find out what would be done"))),
                        fields.flag("whole", words(Message("send everything, also where a difference would do"))),
                    ]), fields.end(words(Message("Start the push"))),
            ])
        return page(.push, request, [form])
    }

    // MARK: Tasks

    func tasks(_ request: PageRequest) async throws -> Page {
        let words = request.words
        let fields = FormFields(words: words)
        let project = service.project
        guard Disk.exists(project.tasksFile) else {
            return page(.tasks, request, [Markup("p", ["class": "empty"], words(Message("There is no tasks.yaml.")))])
        }
        let names = try await ThreadExecutor.disk.run { try project.tasks().tasks.map(\.name) }
        let again = try await again(request)
        let boxes = names.map { fields.box("tasks", $0, $0, isOn: true) }
        let form = Markup(
            "form", ["class": "form", "data-operation": TasksOperation.name],
            [
                fields.group("tasks", words(Message("Tasks")), boxes), try hosts(request, again),
                Markup(
                    "fieldset", [:],
                    [
                        Markup("legend", [:], words(Message("How"))),
                        fields.flag(
                            "again", words(Message("also what has a result already")), isOn: again != nil),
                    ]), fields.end(words(Message("Start the tasks"))),
            ])
        return page(.tasks, request, [form])
    }

    // MARK: Hosts

    /// More hosts than these are chosen by words.
    private static let mostBoxes = 60

    private func again(_ request: PageRequest) async throws -> RunAgain? {
        guard let run = request.query("run") else { return nil }
        return RunAgain(try await service.sharedRun(run))
    }

    private func hosts(_ request: PageRequest, _ again: RunAgain? = nil) throws -> Markup {
        let (words, fields) = (request.words, FormFields(words: request.words))
        let all = try service.inventoryIfThere.hosts
        let wanted = again?.hosts
        guard all.count <= Self.mostBoxes else {
            return Markup(
                "fieldset", [:],
                [
                    Markup("legend", [:], words(Message("Hosts"))),
                    fields.text(
                        "hosts", words(Message("which hosts")), kind: "words",
                        value: wanted.map { $0.sorted().joined(separator: " ") } ?? "",
                        help: words(Message("Names, patterns such as web-*, tag:NAME, or all; with spaces between."))),
                ])
        }
        let boxes = all.map { host in
            fields.box(
                "hosts", host.name.text,
                host.name.text + (host.tags.isEmpty ? "" : "  " + host.tags.joined(separator: ", ")),
                isOn: wanted?.contains(host.name.text) ?? true)
        }
        return fields.group("hosts", words(Message("Hosts")), boxes)
    }
}

extension Parameter {
    fileprivate var isNumber: Bool {
        switch kind {
        case .int, .float: true
        case .string, .bool, .choice: false
        }
    }
}
