import FleetBase
import Glibc

/// What was asked and answered under one name: `.fleet/sessions/NAME.json`, in the form of Gemini's `contents`.
///
/// As long as it lives nobody else goes on with it.
package final class Conversation: Sendable {
    package let file: String
    private let lock: FileLock

    package init(_ name: String, in project: Project) throws(ConfigError) {
        guard Identifier.isValid(name) else {
            throw ConfigError(
                .invalidValue, Message("\"\(name)\" can't be the name of a conversation"),
                hint: Message(
                    "names have letters from a to z, digits, \".\", \"_\" and \"-\", and at most 64 characters"))
        }
        let folder = "\(project.workFolder)/sessions"
        try TextFile.makeFolder(folder)
        guard chmod(folder, 0o700) == 0 else { throw ConfigError.system(Message("write"), folder) }
        file = "\(folder)/\(name).json"
        lock = try FileLock("\(folder)/\(name).lock", deadline: .after(.milliseconds(100)))
    }

    package var exists: Bool { TextFile.exists(file) }

    /// It begins anew.
    package func forget() { unlink(file) }

    /// - Throws: when somebody has spoiled it.
    package func check() throws(ConfigError) { _ = try turns() }

    /// Adds a question and its answer; whoever reads the file sees both or neither.
    package func add(question: String, answer: String) throws(ConfigError) {
        let turns = try turns() + [Self.turn("user", question), Self.turn("model", answer)]
        guard let text = try? JSONText.encode(["contents": turns]) else {
            preconditionFailure("a conversation is plain JSON")
        }
        let temporary = "\(file).\(getpid()).tmp"
        unlink(temporary)
        try TextFile.write(text + "\n", toNew: temporary, mode: 0o600)
        guard rename(temporary, file) == 0 else { throw ConfigError.system(Message("replace"), file) }
        try OpenFile(TextFile.folder(of: file), O_RDONLY | O_DIRECTORY).sync()
    }

    private func turns() throws(ConfigError) -> [JSONValue] {
        guard exists else { return [] }
        let value = try? JSONText.decode(JSONValue.self, from: try TextFile.read(file))
        guard case .array(let turns) = value?["contents"] else {
            throw ConfigError(
                .syntax, Message("\(file) is no conversation"),
                hint: Message("begin it anew with --new, or remove the file"))
        }
        return turns
    }

    private static func turn(_ role: String, _ text: String) -> JSONValue {
        .object(["role": .string(role), "parts": .array([.object(["text": .string(text)])])])
    }
}
