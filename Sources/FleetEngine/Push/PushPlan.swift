import FleetBase

/// What a host has of a package: see `Scripts/status.sh`.
struct PackageStatus: Sendable, Hashable {
    var current: String?
    var versions: Set<String> = []
    var tools: Set<String> = []

    init(_ lines: [(key: String, value: String)]) {
        for (key, value) in lines {
            switch key {
            case "current" where !value.isEmpty: current = value
            case "version": versions.insert(value)
            case "tool": tools.insert(value)
            default: break
            }
        }
    }

    init(_ facts: Facts, package: String) {
        let installed = facts.packages[package]
        current = installed?.current
        versions = Set(installed?.versions ?? [])
        tools = facts.tools
    }
}

/// The one thing to do so that a host has a version: decided from what the host has, carried out elsewhere.
enum PushPlan: Sendable, Hashable {
    case nothing
    case activate
    case send

    init(for version: String, on status: PackageStatus) {
        if status.current == version, status.versions.contains(version) {
            self = .nothing
        } else {
            self = status.versions.contains(version) ? .activate : .send
        }
    }
}
