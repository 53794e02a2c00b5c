package import FleetBase
import FleetConfig
import FleetEvents
import FleetHosts
import FleetPackage
import Glibc

/// Hands an archive to `Scripts/install.sh` on one host.
struct HostInstall {
    /// A push may take as long as its bytes do; a connection that is dead is noticed by the transport.
    private static let sending = Duration.seconds(24 * 3600)

    enum Mode: String {
        case install
        /// A release that is there and damaged.
        case repair
        /// A release of which a part is there.
        case resume
    }

    /// The package's.
    let name: String
    let host: Host
    let shell: RemoteShell
    var pace: Pace?
    var proof = SignatureProof.none

    /// - Returns: why what the host has can't be built upon; nil when the release is installed.
    func perform(
        _ archive: String, of stream: PushStream, _ compression: PackageArchive.Compression?, mode: Mode = .install,
        _ outcome: inout PushOutcome
    ) async throws(Failure) -> Failure? {
        let words =
            [
                host.rootWord, ShellWord(name), ShellWord(stream.version), ShellWord(stream.id),
                ShellWord(compression?.tool ?? "plain"), ShellWord(stream.base ?? ""), ShellWord(mode.rawValue),
                ShellWord(Self.pusher), ShellWord(Script.assemble),
            ] + proof.installWords
        let result = try await shell.events.step(
            .send, "\(name) \(stream.version)", ending: { ($0.status == 0 ? .done : .failed, $0.bytesSent) }
        ) { () async throws(Failure) in
            try await send(archive, words, isRepair: mode == .repair)
        }
        outcome.bytesSent += result.bytesSent
        outcome.notes += Self.notes(in: result.errorText)
        switch result.status {
        case 0: return nil
        case 74 where mode == .resume: return failure(result)
        case 75, 78: return failure(result)
        default: throw failure(result)
        }
    }

    private func send(
        _ archive: String, _ words: [ShellWord], isRepair: Bool
    ) async throws(Failure) -> RemoteResult {
        do {
            return try await shell.run(
                .install, words, input: .file(archive), pace: pace, deadline: .after(Self.sending))
        } catch {
            guard [.lost, .noAnswer, .cancelled].contains(error.kind), !isRepair else { throw error }
            throw Failure(error.kind, error.message, hint: Message("the next push goes on where this one was cut off"))
        }
    }

    /// Who pushes, for others who want to.
    private static let pusher: String = {
        let user = getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "\(getuid())"
        var system = utsname()
        uname(&system)
        let name = withUnsafeBytes(of: &system.nodename) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        return "\(user)@\(name), \(getpid())"
    }()

    /// The most notes that are taken from one answer.
    private static let mostNotes = 20

    static func notes(in error: String) -> [Message] {
        let notes = error.utf8.split(separator: UInt8(ascii: "\n")).filter { $0.first == UInt8(ascii: "@") }
        return notes.prefix(mostNotes).map { HostText(String(decoding: $0, as: UTF8.self)).line(atMost: 500) }
            .compactMap(note)
    }

    private static func note(_ line: String) -> Message? {
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        let other = words.count > 1 ? words[1] : "–"
        switch words.first {
        case "@stolen": return Message("the lock of a push that was killed was taken over: \(other)")
        case "@waiting": return Message("another push had to end first: \(other)")
        case "@unchecked": return Verification.Signature.uncheckedNote
        default: return nil
        }
    }

    /// - Parameter kind: the class of what was being done.
    func failure(_ result: RemoteResult, _ kind: FailureClass = .push) -> Failure {
        let (reason, name) = (result.reason, name)
        switch result.status {
        case 73:
            return Failure(
                kind, Message("can't write on the host: \(reason)"),
                hint: Message("is the disk full, or the folder not the user's? root: in the inventory names another"))
        case 75:
            return Failure(
                kind, Message("a file of \(name) arrived damaged: \(reason)"), hint: Message("push it again"))
        case 80:
            return Failure(
                kind, Message("the host refuses \(name): none of the allowed signers has signed its manifest"),
                hint: Message("the version before is still there and current; sign the package again, and push it"))
        case 81:
            return Failure(
                kind, Message("the host refuses \(name): the release there is not signed"),
                hint: Message("push it again, signed: fleet package \(name) --sign KEY"))
        case 82: return .openFolder(reason, kind)
        case 79:
            // WHO, SINCE.
            let comma = reason.lastIndex(of: ",") ?? reason.endIndex
            let (who, since) = (String(reason[..<comma]), String(reason[comma...].dropFirst(2)))
            return Failure(
                kind, Message("another push of \(name) does not move: by \(who), since \(since)"),
                hint: Message(
                    "half an hour after its last sign of life, another push may take its place; end it, or wait"))
        default:
            return Failure(
                kind, Message("the host could not install \(name): \(reason)"),
                hint: Message(
                    "the version before is still there and current; the next push goes on where this one was cut off")
            )
        }
    }
}

extension Failure {
    /// What `Scripts/owners.sh` refuses.
    package static func openFolder(_ folder: String, _ kind: FailureClass = .push) -> Failure {
        Failure(
            kind, Message("another user of the host could replace what runs there: \(folder) is not the user's alone"),
            hint: Message(
                "there: chmod go-w \(folder), and give it to the user; or name another folder with root: in the inventory"
            ))
    }
}
