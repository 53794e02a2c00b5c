import FleetBase
import FleetConfig
import FleetHosts

/// Chats as files, one each, that nobody but their owner can read: `.fleet/serve/chats/ID.json`.
struct ChatStore: Sendable {
    private let folder: String

    init(_ project: Project) { folder = project.workFolder + "/serve/chats" }

    /// All there are. An answer that a server which was killed has left open is over.
    func read() -> [Chat] {
        Disk.folders(in: folder).filter { $0.hasSuffix(".json") }.compactMap { name in
            guard let text = Disk.text("\(folder)/\(name)"),
                var chat = try? JSONText.decode(Chat.self, from: text.utf8)
            else { return nil }
            for index in chat.messages.indices where chat.messages[index].state.isOpen {
                chat.messages[index].state = .failed
                chat.messages[index].failure = Message("the server was stopped before the answer was whole")
                chat.messages[index].hint = Message("ask once more")
            }
            return chat
        }
    }

    func write(_ chat: Chat) throws { try PrivateFile.write(try JSONText.encode(chat) + "\n", to: path(chat.id)) }

    func remove(_ id: String) { _ = try? PrivateFile.remove(path(id)) }

    private func path(_ id: String) -> String { "\(folder)/\(id).json" }
}
