import CSSH2
import FleetBase
import Glibc

/// What is asked of a connection to find out why it does not work.
extension SSHConnection {
    /// Whether the far end has named itself as an SSH server.
    var isIdentified: Bool { session.traffic.pointee.isIdentified }

    /// The server's identification, cut to what fits into a line.
    var serverName: String { HostText(session.banner).line(atMost: 80) }

    /// How the two agreed to exchange keys, to prove the host's and to encrypt.
    var agreement: String {
        [LIBSSH2_METHOD_KEX, LIBSSH2_METHOD_HOSTKEY, LIBSSH2_METHOD_CRYPT_CS]
            .compactMap { libssh2_session_methods(session.pointer, $0).map { String(cString: $0) } }
            .joined(separator: ", ")
    }

    /// The methods of authentication that the server offers for the user; nil when it asks for none.
    ///
    /// - Throws: no-answer, lost or cancelled.
    func offeredMethods(until deadline: Deadline) async throws(Failure) -> [String]? {
        let user = endpoint.user
        let answer = try await perform(until: deadline) {
            if let list = libssh2_userauth_list(session.pointer, user, UInt32(user.utf8.count)) {
                return Int(bitPattern: list)
            }
            return libssh2_userauth_authenticated(session.pointer) != 0 ? 0 : Int(session.lastCode)
        }
        guard answer >= 0 else { throw fail(lost) }
        // libssh2 keeps the text with the session.
        let list = UnsafePointer<CChar>(bitPattern: answer)
        return list.map { String(cString: $0).split(separator: ",").map { HostText(String($0)).line(atMost: 40) } }
    }

    /// How the server answered to a key.
    struct KeyAnswer: Sendable {
        enum Verdict: Sendable, Equatable {
            case taken
            case refused
            /// It ended the connection instead.
            case ended(Message)
        }

        let name: String
        let blob: [UInt8]
        let verdict: Verdict
    }

    /// Offers one key after the other until the server takes one, or ends the connection.
    ///
    /// - Throws: no-answer or cancelled.
    func answers(to keys: [Credential], until deadline: Deadline) async throws(Failure) -> [KeyAnswer] {
        var answers: [KeyAnswer] = []
        for key in keys {
            let code = CInt(try await offer(Signer(key), until: deadline))
            let verdict: KeyAnswer.Verdict =
                code == 0 ? .taken : isRefusal(code) ? .refused : .ended(session.problem)
            answers.append(KeyAnswer(name: key.name, blob: key.blob, verdict: verdict))
            guard verdict == .refused else { break }
        }
        return answers
    }

    /// Opens so many sessions at once, and closes them.
    ///
    /// - Returns: how many the server opened, and how long the first one took: a round trip.
    /// - Throws: no-answer, lost or cancelled.
    func sessions(upTo most: Int, until deadline: Deadline) async throws(Failure) -> (count: Int, roundTrip: Duration) {
        let start = ContinuousClock.now
        var channels: [OpaquePointer] = []
        var roundTrip = Duration.zero
        while channels.count < most {
            do throws(Failure) {
                channels.append(try await openSession(until: deadline))
            } catch {
                guard !isClosed else { throw error }
                break
            }
            if channels.count == 1 { roundTrip = .now - start }
        }
        for channel in channels {
            _ = try await perform(until: deadline) { Int(libssh2_channel_free(channel)) }
        }
        return (channels.count, roundTrip)
    }

    /// Whether the server lets others pass to an address; nil when it would, and that address does not answer.
    ///
    /// - Throws: no-answer, lost or cancelled.
    func forwards(to address: String, port: Port, until deadline: Deadline) async throws(Failure) -> Bool? {
        do throws(Failure) {
            Glibc.close(try await tunnel(to: address, port: port, until: deadline))
            return true
        } catch {
            guard error.kind == .unreachable else { throw error }
            return error.isProhibition ? false : nil
        }
    }
}

extension Failure {
    /// Whether a server lets no connection pass (RFC 4254, 5.1: SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, of which libssh2 has
    /// the words alone).
    var isProhibition: Bool { message.text(in: .english).contains("prohibited") }
}
