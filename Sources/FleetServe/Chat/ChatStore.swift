import FleetBase
import FleetConfig
import FleetHosts

/// Chats as files, one each, that nobody but their owner can read: `.fleet/serve/chats/ID.json`.
struct ChatStore: Sendable {
    private let folder: String

    init(_ project: Project) { folder = project.workFolder + "/serve/chats" }

    /// All there are.
    func read() -> [Chat] {
        Disk.folders(in: folder).filter { $0.hasSuffix(".json") }.compactMap { name in
            Disk.text("\(folder)/\(name)").flatMap { try? JSONText.decode(Chat.self, from: $0.utf8) }
        }
    }

    func write(_ chat: Chat) throws { try PrivateFile.write(try JSONText.encode(chat) + "\n", to: path(chat.id)) }

    func remove(_ id: String) { _ = try? PrivateFile.remove(path(id)) }

    private func path(_ id: String) -> String { "\(folder)/\(id).json" }
}
