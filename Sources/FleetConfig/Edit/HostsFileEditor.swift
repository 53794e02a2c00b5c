package import FleetBase

/// Changes `hosts.yaml` for people who also edit it by hand: their comments and their order stay.
///
/// Every change is checked as an inventory before it is kept; ``update(file:paths:lock:by:_:)`` brings it to disk.
package struct HostsFileEditor: Sendable {
    private let file: String
    private let paths: PathBase
    private var editor: YAMLEditor

    package init(file: String, paths: PathBase) throws(ConfigError) {
        let bytes = TextFile.exists(file) ? try TextFile.read(file) : []
        try self.init(parsing: String(decoding: bytes, as: UTF8.self), file: file, paths: paths)
    }

    package init(parsing text: String, file: String, paths: PathBase) throws(ConfigError) {
        self.file = file
        self.paths = paths
        editor = try YAMLEditor(text, file: file)
        _ = try inventory
    }

    package var text: String { editor.text }

    package var inventory: Inventory {
        get throws(ConfigError) { try InventoryReader(paths: paths).inventory(from: editor.root) }
    }

    /// Reads, changes and writes the file while no other fleet can; blocks: call it on `ThreadExecutor.disk`.
    package static func update<Value, Problem: Error>(
        file: String, paths: PathBase, lock: String, by deadline: Deadline = .after(.seconds(10)),
        _ change: (inout HostsFileEditor) throws(Problem) -> Value
    ) throws -> Value {
        let lock = try FileLock(lock, deadline: deadline)
        var editor = try HostsFileEditor(file: file, paths: paths)
        let before = editor.text
        let value = try change(&editor)
        if editor.text != before { try editor.save() }
        // Held until here.
        _ = consume lock
        return value
    }

    /// Writes the file, all of it or nothing.
    func save() throws(ConfigError) {
        try TextFile.makeFolder(TextFile.folder(of: file))
        try TextFile.replace(file, with: text)
    }

    /// Adds a host after the others, and to its groups, which are made where they are missing.
    package mutating func add(_ host: HostDraft) throws(ConfigError) {
        if let present = try inventory[host.name] {
            throw ConfigError(
                .duplicate, at: present.place, Message("the host \(host.name) is in the inventory already"))
        }
        try change { editor throws(ConfigError) in
            try editor.set(["hosts", host.name.text], to: host.settings)
            for group in host.groups { try editor.append(host.name.text, to: ["groups", group, "hosts"]) }
        }
    }

    /// Removes a host, from the groups too.
    package mutating func remove(_ host: HostName) throws(ConfigError) {
        try require(host)
        try change { editor throws(ConfigError) in
            for group in editor.root["groups"]?.mapping ?? [] {
                try editor.removeElement(host.text, from: ["groups", group.key, "hosts"])
            }
            try editor.remove(["hosts", host.text])
        }
    }

    /// Sets a key of a host, or takes it away when `value` is nil.
    package mutating func set(_ key: String, of host: HostName, to value: YAMLDraft?) throws(ConfigError) {
        try require(host)
        try change { editor throws(ConfigError) in
            if let value {
                try editor.set(["hosts", host.text, key], to: value)
            } else {
                try editor.remove(["hosts", host.text, key])
            }
        }
    }

    private mutating func change(_ body: (inout YAMLEditor) throws(ConfigError) -> Void) throws(ConfigError) {
        var changed = self
        try body(&changed.editor)
        _ = try changed.inventory
        self = changed
    }

    private func require(_ host: HostName) throws(ConfigError) {
        let hosts = try inventory.hosts.map(\.name)
        guard hosts.contains(host) else {
            throw .unknown(host.text, kind: Message("host"), among: hosts.map(\.text))
        }
    }
}
