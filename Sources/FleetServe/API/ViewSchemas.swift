import FleetBase

/// The forms of answers, as docs/schema has them (JSON Schema, 2020-12): the folder `Schema` is a link to it.
enum ViewSchemas {
    private static let files: [String: [UInt8]] = [
        "ask": PackageResources.ask_json,
        "check": PackageResources.check_json,
        "deep-check": PackageResources.deep_check_json,
        "doctor": PackageResources.doctor_json,
        "event": PackageResources.event_json,
        "exec": PackageResources.exec_json,
        "host-add": PackageResources.host_add_json,
        "host-pin": PackageResources.host_pin_json,
        "host-prepare": PackageResources.host_prepare_json,
        "host-remove": PackageResources.host_remove_json,
        "host-schedules": PackageResources.host_schedules_json,
        "init": PackageResources.init_json,
        "inventory-import": PackageResources.inventory_import_json,
        "inventory-list": PackageResources.inventory_list_json,
        "inventory-show": PackageResources.inventory_show_json,
        "jobs": PackageResources.jobs_json,
        "key": PackageResources.key_json,
        "keys": PackageResources.keys_json,
        "lab": PackageResources.lab_json,
        "logs": PackageResources.logs_json,
        "package": PackageResources.package_json,
        "package-files": PackageResources.package_files_json,
        "package-list": PackageResources.package_list_json,
        "package-new": PackageResources.package_new_json,
        "ping": PackageResources.ping_json,
        "project-files": PackageResources.project_files_json,
        "prune": PackageResources.prune_json,
        "push": PackageResources.push_json,
        "rollback": PackageResources.rollback_json,
        "run": PackageResources.run_json,
        "run-record": PackageResources.run_record_json,
        "runs": PackageResources.runs_json,
        "runs-cancel": PackageResources.runs_cancel_json,
        "runs-collect": PackageResources.runs_collect_json,
        "runs-pull": PackageResources.runs_pull_json,
        "schedule-install": PackageResources.schedule_install_json,
        "schedule-push": PackageResources.schedule_push_json,
        "schedule-remove": PackageResources.schedule_remove_json,
        "schedules": PackageResources.schedules_json,
        "status": PackageResources.status_json,
        "tasks": PackageResources.tasks_json,
        "tasks-plan": PackageResources.tasks_plan_json,
        "tasks-status": PackageResources.tasks_status_json,
        "verify": PackageResources.verify_json,
        "version": PackageResources.version_json,
        "versions": PackageResources.versions_json,
    ]

    static var names: Set<String> { Set(files.keys) }

    /// Each as a member of `#/components/schemas`, by name.
    static let all: [String: JSONValue] = Dictionary(
        uniqueKeysWithValues: files.map { name, bytes in
            do {
                let schema = try JSONText.decode(JSONValue.self, from: bytes)
                return (name, schema.placed(at: place(name)))
            } catch {
                preconditionFailure("docs/schema/\(name).json is no JSON")
            }
        })

    private static func place(_ name: String) -> String { "#/components/schemas/\(name)" }

    /// A reference to one of them, or to a part of it.
    static func reference(_ name: String, _ part: String = "") -> JSONValue {
        precondition(files[name] != nil, "docs/schema has no \(name)")
        return ["$ref": .string(place(name) + part)]
    }
}

extension JSONValue {
    /// A schema whose references hold when the schema itself is a part of a document.
    fileprivate func placed(at place: String) -> JSONValue {
        switch self {
        case .array(let list): return .array(list.map { $0.placed(at: place) })
        case .object(let members):
            var placed = members.mapValues { $0.placed(at: place) }
            placed["$schema"] = nil
            if case .string(let reference)? = members["$ref"], reference.hasPrefix("#") {
                placed["$ref"] = .string(place + reference.dropFirst())
            }
            return .object(placed)
        default: return self
        }
    }

    /// An object that has all of these members and no other, as JSON Schema has it.
    static func schema(_ members: [String: JSONValue]) -> JSONValue {
        [
            "type": "object", "properties": .object(members), "additionalProperties": false,
            "required": .array(members.keys.sorted().map { .string($0) }),
        ]
    }

    /// A member that may be null.
    static func orNull(_ type: String) -> JSONValue { ["type": [.string(type), "null"]] }
}
