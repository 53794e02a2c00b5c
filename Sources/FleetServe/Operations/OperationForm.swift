import FleetBase
import FleetEvents
import FleetService
import FleetViews

/// How a request starts one kind of operation: what it may say, and what comes of it.
struct OperationForm: Sendable {
    /// The operation's name, such as `runs resume`.
    let name: String
    let help: String
    let fields: [Field]
    /// The name of the schema of its result in docs/schema.
    let schema: String
    private let begin: @Sendable (FieldValues, FleetService, String) async throws -> StartedOperation

    /// - Parameters:
    ///   - make: the operation of the request's values; the command is what the ledger keeps.
    ///   - view: what its result is for others.
    init<Work: Operation, View: Encodable & Sendable>(
        _ work: Work.Type, _ help: String, schema: String, _ fields: [Field],
        _ make: @escaping @Sendable (FieldValues, String) throws -> Work,
        view: @escaping @Sendable (Work.Result) throws -> View
    ) {
        (name, self.help, self.schema, self.fields) = (Work.name, help, schema, fields)
        begin = { values, service, command in
            let operation = try make(values, command)
            try await service.check(operation)
            let id = OperationID()
            let handle = try service.start(operation, command: command, id: id, approver: Self.approve)
            return StartedOperation(id: id, name: Work.name, cancel: { handle.cancel() }) {
                let view = try view(try await handle.result)
                return { try JSONText.encode(view, in: $0) }
            }
        }
    }

    /// Who sends a request has said yes to what it says; but no request says which keys a host will show.
    private static func approve(_ question: Question) throws -> Bool {
        switch question {
        case .preparation, .removal: true
        case .hostKeys, .jumpHostKey, .absentHost, .keyInstallation, .twins: throw question.refusal
        }
    }

    /// - Parameter body: the request's object; its member `operation` is the name of this form.
    /// - Throws: ``FieldError`` for a body that can't be understood, and what keeps the operation from beginning.
    func start(_ body: JSONValue, by service: FleetService) async throws -> StartedOperation {
        var members: [String: JSONValue] = [:]
        if case .object(let given) = body { members = given }
        members["operation"] = nil
        let values = try FieldValues(.object(members), fields)
        let words = members.sorted { $0.key < $1.key }.filter { isKept($0.key, $0.value) }
        let options = (try? JSONText.encode(JSONValue.object(Dictionary(words) { $1 }))) ?? "{}"
        return try await begin(values, service, Self.prefix + name + (words.isEmpty ? "" : " \(options)"))
    }

    /// How the ledger tells what requests have started.
    static let prefix = "api: "

    /// Whether the ledger and the feed tell a member: what a command reads may be a secret, and what is long, such as a
    /// piece of code, says more than a line of a list can show.
    private func isKept(_ name: String, _ value: JSONValue) -> Bool {
        guard name != "stdin", let text = try? JSONText.encode(value) else { return false }
        return text.utf8.count <= 120
    }

    /// The request's body as JSON Schema has it.
    var requestSchema: JSONValue {
        var properties: [String: JSONValue] = ["operation": ["const": .string(name)]]
        for field in fields { properties[field.name] = field.schema }
        let required = ["operation"] + fields.filter(\.isRequired).map(\.name)
        return [
            "type": "object", "description": .string(help), "properties": .object(properties),
            "required": .array(required.map { .string($0) }), "additionalProperties": false,
        ]
    }
}

/// An operation that a request has started.
struct StartedOperation: Sendable {
    /// Writes the result as JSON, with its sentences in one language.
    typealias Result = @Sendable (Language) throws -> String

    let id: OperationID
    let name: String
    let cancel: @Sendable () -> Void
    let result: @Sendable () async throws -> Result
}
