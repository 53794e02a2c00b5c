import FleetBase
import FleetConfig
import FleetHosts
import Synchronization

/// Somebody who uses the page in one browser.
struct Visitor: Sendable, Hashable, Codable {
    /// Whose chats are whose; it is no secret, and no name.
    let id: String
    /// The SHA-256 of the cookie.
    let cookie: String
    /// The SHA-256 of the token that was there when the visit began: with another one it is over.
    let token: String
    let until: Timestamp
}

/// Who has come in with a browser: by a one-time code or the token, for a cookie. Kept in a file, so that a server that
/// starts again knows its visitors.
final class Visitors: Sendable {
    /// How long a visit lasts.
    static let duration = Duration.seconds(30 * 86_400)
    /// How long a code may wait to be used.
    static let codeDuration = Duration.seconds(600)
    /// More visits than this at once are forgotten, the oldest first.
    private static let most = 1000

    private struct State {
        var visitors: [String: Visitor]
        var codes: [String: (until: ContinuousClock.Instant, token: Digest)] = [:]
    }

    private let token: AccessToken
    private let file: String
    private let state: Mutex<State>

    init(_ project: Project, _ token: AccessToken) {
        self.token = token
        let file = project.workFolder + "/serve/visitors.json"
        let known = Disk.text(file).flatMap { try? JSONText.decode([Visitor].self, from: $0.utf8) } ?? []
        self.file = file
        state = Mutex(State(visitors: Dictionary(known.map { ($0.cookie, $0) }) { $1 }))
    }

    /// A word that lets one browser in, once, within ten minutes.
    ///
    /// It belongs to the token that there is now; without one it opens nothing.
    func makeCode() -> String {
        let code = AccessToken.random()
        guard let token = token.digest else { return code }
        state.withLock { $0.codes[AccessToken.digest(of: code).hex] = (.now + Self.codeDuration, token) }
        return code
    }

    /// Lets a browser in.
    ///
    /// - Parameter word: a one-time code or the token.
    /// - Returns: the value of the cookie; nil for a wrong word.
    func begin(_ word: String) throws -> String? {
        guard let digest = token.digest else { return nil }
        let isToken = token.isRight(word)
        let isCode = state.withLock { state in
            state.codes = state.codes.filter { $0.value.until > .now && $0.value.token == digest }
            return state.codes.removeValue(forKey: AccessToken.digest(of: word).hex) != nil
        }
        guard isToken || isCode else { return nil }
        let cookie = AccessToken.random()
        let hash = AccessToken.digest(of: cookie).hex
        let visitor = Visitor(
            id: String(AccessToken.random().prefix(16)), cookie: hash, token: digest.hex,
            until: Timestamp.now.adding(Self.duration))
        try change { $0[hash] = visitor }
        return cookie
    }

    /// Who has a cookie; nil for nobody.
    func visitor(with cookie: String) -> Visitor? {
        guard let digest = token.digest else { return nil }
        let known = state.withLock { $0.visitors[AccessToken.digest(of: cookie).hex] }
        guard let known, known.token == digest.hex, known.until > .now else { return nil }
        return known
    }

    /// Why a cookie lets nobody in. Who does not have the cookie of a visit learns nothing by it.
    func ending(of cookie: String) -> Message {
        let known = state.withLock { $0.visitors[AccessToken.digest(of: cookie).hex] }
        guard let known else { return Message("Your visit has ended, because the server does not know it any more.") }
        guard known.token == token.digest?.hex else {
            return Message("Your visit has ended, because the token was renewed or revoked.")
        }
        return Message("Your visit has ended, because a visit lasts 30 days.")
    }

    /// Whether a visit goes on.
    func holds(_ visitor: Visitor) -> Bool {
        state.withLock { $0.visitors[visitor.cookie] } == visitor && token.digest?.hex == visitor.token
            && visitor.until > .now
    }

    /// Ends a visit.
    func end(_ visitor: Visitor) throws { try change { $0[visitor.cookie] = nil } }

    private func change(_ body: (inout [String: Visitor]) -> Void) throws {
        try state.withLock { state in
            body(&state.visitors)
            state.visitors = state.visitors.filter { $0.value.until > .now }
            let over = state.visitors.values.sorted { $0.until < $1.until }.prefix(
                max(0, state.visitors.count - Self.most))
            for visitor in over { state.visitors[visitor.cookie] = nil }
            try PrivateFile.write(
                try JSONText.encode(state.visitors.values.sorted { $0.until < $1.until }) + "\n", to: file)
        }
    }
}
