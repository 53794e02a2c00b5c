package import FleetBase

/// The public half of a key, as a line of authorized_keys has it: sshd(8), "AUTHORIZED_KEYS FILE FORMAT".
package struct PublicKeyLine: Sendable, Hashable {
    let type: String
    let key: String
    let comment: String

    /// - Parameters:
    ///   - blob: the key as SSH sends it.
    ///   - comment: one word.
    package init(type: String, blob: [UInt8], comment: String) {
        (self.type, key, self.comment) = (type, Base64.encode(blob), comment)
    }
}

extension RemoteShell {
    private static let authorizing = Duration.seconds(20)

    /// Lets the user who is logged in do so with a key from now on.
    ///
    /// - Returns: whether it was not among their keys before.
    package func authorize(_ line: PublicKeyLine) async throws(Failure) -> Bool {
        let words = [line.type, line.key, line.comment].map { ShellWord($0) }
        let result = try await run(.authorize, words, deadline: .after(Self.authorizing))
        guard result.status == 0 else {
            let reason = result.reason
            throw Failure(
                .auth, Message("the key can't be installed there: \(reason)"),
                hint: Message("is the home folder there, and may it be written to? log in and look"))
        }
        return try HostAnswer(result).all("key").first?.value == "added"
    }
}
