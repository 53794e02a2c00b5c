import FleetBase

@testable import FleetConfig

/// Files that people write.
enum FileTargets {
    private static let paths = PathBase(folder: "/project", home: "/home/ana")

    static func hosts(_ bytes: [UInt8]) {
        guard let inventory = try? Inventory(parsing: text(bytes), file: "hosts.yaml", paths: paths) else { return }
        _ = try? HostSelector.all.select(from: inventory)
        for host in inventory.hosts { require(host.slots.map(Host.slotRange.contains) ?? true, "\(host.name)") }
    }

    static func package(_ bytes: [UInt8]) {
        guard let node = try? YAMLNode(parsing: bytes, file: "package.yaml") else { return }
        require((try? JSONText.encode(node.json)) != nil, "no JSON")
        guard let file = try? PackageFile(parsing: text(bytes), file: "package.yaml") else { return }
        guard let bound = try? file.bind([:]) else { return }
        require((try? JSONText.encode(JSONValue.array(bound.map(\.value.json)))) != nil, "no JSON of parameters")
        for name in ["a", "src/a.py", "build/x"] {
            guard let path = try? RelativePath(name) else { continue }
            _ = file.content.contains(path)
        }
    }

    static func tasks(_ bytes: [UInt8]) {
        guard let file = try? TasksFile(parsing: text(bytes), file: "tasks.yaml") else { return }
        let count = file.tasks.reduce(0) { $0 + $1.count }
        guard count < 2000 else { return }
        for task in file.expanded.prefix(2000) { require(!task.name.isEmpty, "a task without a name") }
        _ = file.tasks.compactMap { $0.schedule?.crontab }
    }

    /// The first line is a path, the others are a `.fleetignore`.
    static func ignore(_ bytes: [UInt8]) {
        let end = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
        guard let path = BytePath(bytes[..<end]) else { return }
        let content = PackageContent(included: nil, excluded: [], outputs: [])
            .reading(ignoreFile: Array(bytes[end...]))
        let rule = content.rule(leavingOut: path, isFolder: bytes.count.isMultiple(of: 2), inside: nil)
        require(rule?.text.utf8.contains(0x1B) != true, "an escape sequence")
        require(path.description.utf8.allSatisfy { $0 >= 0x20 }, "a control character")
    }

    static func cron(_ bytes: [UInt8]) {
        guard let schedule = try? TaskSchedule(parsing: text(bytes)) else { return }
        let now = Timestamp(milliseconds: 1_774_700_000_000)
        let next = schedule.next(after: now)
        require(next.map { $0 > now } ?? true, "\(text(bytes)) comes before now")
        guard let line = schedule.crontab else { return }
        require((try? CronExpression(parsing: line)) != nil, "cron gets what fleet can't read: \(line)")
    }

    static func numbers(_ bytes: [UInt8]) {
        let text = text(bytes)
        if let size = try? ByteCount(parsing: text) { require(size.bytes >= 0, text) }
        if let time = try? Duration(parsing: text) { _ = Deadline.after(time).remaining }
        _ = try? Timestamp(parsing: text).adding(.seconds(1)).compact
        _ = try? TimeLimit(parsing: text)
        _ = try? CommandWords.split(text).commandLine
        require((try? JSONText.encode(YAMLNode(parsing: bytes, file: "f").json)) != "", text)
    }

    static func importer(_ bytes: [UInt8]) {
        for kind in ImportKind.allCases {
            guard let found = try? HostImport(parsing: text(bytes), file: "f", kind: kind) else { continue }
            _ = found.hosts.count
        }
        _ = ImportKind(of: text(bytes), file: "f")
    }

    static func signers(_ bytes: [UInt8]) { _ = try? AllowedSigners(parsing: text(bytes), file: "f") }
}
