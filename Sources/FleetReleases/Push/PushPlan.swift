package import FleetBase
package import FleetHosts

/// What a host has of a package, and what its next push can use: see `Scripts/status.sh`.
package struct PackageStatus: Sendable, Hashable {
    package var current: String?
    /// A person went back to the current one, and nobody has pushed since.
    package var isHeld = false
    /// What it was rolled back from: what comes next is most like it.
    package var base: String?
    var versions: Set<String> = []
    /// Streams of pushes that were cut off.
    var incoming: Set<String> = []
    package var tools: Set<String> = []
    package var free: ByteCount?

    /// - Throws: lost, for what is no answer to the question.
    init(_ answer: HostAnswer) throws(Failure) {
        for line in answer.lines where !line.value.isEmpty {
            switch line.key {
            case "current": current = try line.version(line.value)
            case "held": isHeld = true
            case "base": base = try line.version(line.value)
            case "version": versions.insert(try line.version(line.value))
            // Compared with what this master would send, and nothing else.
            case "incoming": incoming.insert(line.value)
            case "tool": tools.insert(try line.name(line.value))
            case "free": free = try line.size()
            default: break
            }
        }
    }

    package init(_ facts: Facts, package: String) {
        let installed = facts.packages[package]
        current = installed?.current
        versions = Set(installed?.versions ?? [])
    }
}

/// The one thing to do so that a host has a version: decided from what the host has, carried out elsewhere.
package enum PushPlan: Sendable, Hashable {
    case nothing
    case activate
    /// - Parameter base: the release on the host that a difference can build upon.
    case send(base: String?)

    package init(for version: String, on status: PackageStatus) {
        if status.versions.contains(version) {
            self = status.current == version ? .nothing : .activate
        } else {
            // What runs now is most likely what changed least.
            let base = [status.base, status.current].compactMap(\.self).first(where: status.versions.contains)
            self = .send(base: base ?? status.versions.max())
        }
    }
}
