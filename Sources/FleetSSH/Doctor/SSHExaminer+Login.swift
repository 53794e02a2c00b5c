import FleetBase

/// The login: each key, the agent, and what the server says to them.
extension SSHExaminer {
    private struct KeyPath: Sendable {
        let path: String
        let state: KeyFileState
        let mode: KeyFileState.Mode?
        /// As it is offered; nil where the file tells no public key.
        let blob: [UInt8]?
    }

    mutating func logIn(over connection: SSHConnection) async -> Bool {
        let files = endpoint.identityFiles
        let keys = await ThreadExecutor.lookups.run {
            files.map { path in
                KeyPath(
                    path: path, state: KeyFileState(path), mode: KeyFileState.mode(of: path),
                    blob: KeyFile.publicBlob(path).map(Credential.offered))
            }
        }
        let credentials = await transport.keys.credentials(for: endpoint)
        let start = ContinuousClock.now
        do throws(Failure) {
            guard let offered = try await connection.offeredMethods(until: deadline) else {
                foundKeys(keys, [], offering: credentials, isIn: true)
                found.add(.login, is: .warning, Message("the server lets \(endpoint.user) in without a key"))
                return true
            }
            let isPossible = offered.contains("publickey")
            let answers = try await connection.answers(to: isPossible ? credentials.keys : [], until: deadline)
            let taken = answers.first { $0.verdict == .taken }
            if taken == nil { await lookAtAgent(answers) }
            foundKeys(keys, answers, offering: credentials, isIn: taken != nil)
            guard let taken else {
                failedToLogIn(keys, answers, offered)
                return false
            }
            let time = (ContinuousClock.now - start).milliseconds
            found.add(.login, Message("as \(endpoint.user) with \(taken.name), after \(time) ms"))
            return true
        } catch {
            found.add(.login, error)
            return false
        }
    }

    // MARK: What this machine has

    /// - Parameter answers: those of the server, of which some are to keys of the agent.
    private mutating func lookAtAgent(_ answers: [SSHConnection.KeyAnswer]) async {
        guard let socket = endpoint.agentSocket else {
            found.add(.agent, is: .warning, Message("there is none: SSH_AUTH_SOCK is not set"))
            return
        }
        let held = await ThreadExecutor.lookups.run { try? SSHAgent(socketPath: socket).identities() }
        guard let held else {
            found.add(
                .agent, of: socket, is: .warning, Message("it does not answer"),
                advice: Message("log in anew on this machine, or start an agent: eval \"$(ssh-agent)\""))
            return
        }
        guard !held.isEmpty else {
            found.add(.agent, of: socket, is: .warning, Message("it holds no key"))
            return
        }
        let count = held.count
        let tried = held.count { one in answers.contains { $0.blob == Credential.offered(one.blob) } }
        found.add(
            .agent, of: socket, is: .warning, Message("it holds \(count) keys; of these the server refused \(tried)"))
    }

    private mutating func foundKeys(
        _ keys: [KeyPath], _ answers: [SSHConnection.KeyAnswer], offering credentials: KeyRing.Credentials, isIn: Bool
    ) {
        for key in keys {
            let word = ShellWord(key.path).rendered
            if let mode = key.mode, mode.isOpen {
                found.add(
                    .key, of: key.path, is: .warning, Message("others may read it: its mode is \(mode.octal)"),
                    mend: "chmod 600 \(word)")
            }
            // Nobody named the usual files, and what the server took is enough.
            guard !isIn || endpoint.namesIdentities else { continue }
            // By the agent, or by the file itself.
            let isHeld = credentials.keys.contains { $0.blob == key.blob }
            let state: HostCheck.State = isIn ? .warning : .failed
            switch key.state {
            case .missing where isHeld: break
            case .missing where endpoint.namesIdentities:
                found.add(
                    .key, of: key.path, is: state, Message("there is no such file"),
                    mend: isIn ? "ssh-keygen -t ed25519 -f \(word)" : nil)
            case .missing: break
            case .unreadable(let isOwn):
                found.add(
                    .key, of: key.path, is: state, Message("it can't be read"),
                    mend: isOwn ? "chmod 600 \(word)" : "sudo chown \"$USER\" \(word)")
            case .encrypted where !isHeld:
                found.add(
                    .key, of: key.path, is: state, Message("it has a passphrase, and no agent holds it"),
                    mend: "ssh-add \(word)")
            case .useless(let error) where !isHeld:
                found.add(.key, of: key.path, is: state, error.message, advice: error.hint)
            case .encrypted, .useless, .good:
                guard !isIn, answers.contains(where: { $0.blob == key.blob && $0.verdict == .refused }) else { break }
                found.add(.key, of: key.path, is: .failed, Message("the server refuses it"))
            }
        }
    }

    // MARK: Why the server let nobody in

    private mutating func failedToLogIn(
        _ keys: [KeyPath], _ answers: [SSHConnection.KeyAnswer], _ offered: [String]
    ) {
        let (user, address) = (endpoint.user, endpoint.address)
        let methods = offered.joined(separator: ", ")
        guard offered.contains("publickey") else {
            found.add(
                .login, is: .failed,
                Message("the server takes no key of \(user), only \(methods); fleet logs in with keys alone"),
                advice: Message("set PubkeyAuthentication yes in its sshd_config"))
            return
        }
        if case .ended(let reason)? = answers.last?.verdict, let name = answers.last?.name {
            found.add(
                .login, is: .failed, Message("the server ended the login at the key \(name): \(reason)"),
                advice: Message("an agent with many keys exhausts MaxAuthTries: set IdentitiesOnly yes for this host"))
            return
        }
        let tried = answers.map(\.name).joined(separator: ", ")
        let takesPassword = offered.contains { $0 == "password" || $0 == "keyboard-interactive" }
        found.add(
            .login, is: .failed,
            answers.isEmpty
                ? Message("there is no key to log in with as \(user) at \(address)")
                : Message("\(address) takes none of the keys for the user \(user): \(tried)"),
            mend: takesPassword ? mend(keys) : nil,
            advice: Message(
                "it takes no password: add your public key to ~/.ssh/authorized_keys of \(user) there by another way in"
            ))
    }

    /// What gets a key onto the host, if need be a new one.
    private func mend(_ keys: [KeyPath]) -> String? {
        for key in keys {
            switch key.state {
            case .good:
                let word = ShellWord(key.path).rendered
                let half = ShellWord(key.path + ".pub").rendered
                let isThere = key.path.hasSuffix(".pub") || FileStamp(key.path + ".pub") != nil
                return (isThere ? "" : "ssh-keygen -y -f \(word) >\(half) && ") + endpoint.install(key.path)
            case .encrypted: return "ssh-add \(ShellWord(key.path).rendered)"
            case .missing, .unreadable, .useless: continue
            }
        }
        guard let missing = keys.first(where: { if case .missing = $0.state { true } else { false } }) else {
            return nil
        }
        return "ssh-keygen -t ed25519 -f \(ShellWord(missing.path).rendered) && " + endpoint.install(missing.path)
    }
}
