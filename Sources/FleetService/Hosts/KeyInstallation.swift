import FleetBase
import FleetConfig
import FleetEvents
import FleetHosts
import FleetRuns
import FleetSSH

/// Gets a key of this machine onto a host that takes a password only, as ssh-copy-id does.
struct KeyInstallation {
    private static let connecting = Duration.seconds(30)
    /// How often a person may mistype.
    private static let tries = 3

    let context: OperationContext
    let wish: PasswordLogin

    private var transport: SSHTransport { context.service.transport }

    /// - Parameter look: looks around on the host before anything is changed there.
    /// - Returns: the key with which the host lets its user in now; nil where it takes no password either, or
    ///   nobody wants this.
    func install(
        on destination: Destination, after look: (RemoteShell) async throws -> Void
    ) async throws -> InstalledKey? {
        guard wish != .never, await takesPassword(destination) else { return nil }
        let (endpoint, home) = (transport.endpoint(for: destination), context.service.home)
        let key = await ThreadExecutor.disk.run { LoginKey(for: endpoint, home: home) }
        let login = "\(endpoint.user)@\(endpoint.address)"
        // Nobody types a password for a file that has no public half.
        if !key.isNew {
            _ = try await ThreadExecutor.disk.run { () throws(ConfigError) in try Self.publicPart(of: key) }
        }
        if wish == .ask {
            let offer = KeyOffer(
                host: destination.host, login: login, file: context.service.shownBelowHome(key.path), isNew: key.isNew)
            try await context.ask(.keyInstallation(offer))
        }
        let connection = try await connect(to: destination, login)
        do {
            let shell = shell(over: connection, destination)
            try await look(shell)
            let isAdded = try await shell.authorize(try await line(of: key))
            await connection.close()
            let (file, host) = (context.service.shownBelowHome(key.path), destination.host)
            context.events.tell(
                .remark(
                    isAdded
                        ? Message("installed the key \(file) on \(host)")
                        : Message("\(host) has the key \(file) already")))
            return InstalledKey(key: key, isAdded: isAdded)
        } catch {
            await connection.close()
            throw error
        }
    }

    /// A key would be of no use where none is taken.
    private func takesPassword(_ destination: Destination) async -> Bool {
        let offered = try? await transport.offeredMethods(of: destination, deadline: .after(Self.connecting))
        guard let offered, offered.contains("publickey") else { return false }
        return offered.contains("password") || offered.contains("keyboard-interactive")
    }

    private func connect(to destination: Destination, _ login: String) async throws -> any Connection {
        for attempt in 1... {
            let password = try await password(of: login)
            do throws(Failure) {
                return try await transport.connect(
                    to: destination, with: password, deadline: .after(Self.connecting))
            } catch {
                guard error.kind == .auth, !isGiven, attempt < Self.tries else { throw error }
                context.events.tell(.remark(error.message))
            }
        }
        preconditionFailure("the loop ends by its returns and throws")
    }

    private var isGiven: Bool { if case .given = wish { true } else { false } }

    private func password(of login: String) async throws -> Secret {
        if case .given(let source) = wish {
            let reader = SecretReader(
                folder: context.project.folder, environment: context.service.environment, home: context.service.home)
            return try await ThreadExecutor.disk.run { () throws(EngineError) in
                try reader.read("password", from: source)
            }
        }
        guard let passwords = context.passwords else { throw ServiceError.nobodyTypesPassword }
        guard let password = try await passwords(login) else { throw Declined() }
        return password
    }

    private func line(of key: LoginKey) async throws -> PublicKeyLine {
        let line = try await ThreadExecutor.disk.run { () throws(ConfigError) in
            if key.isNew {
                let place = key.path.lastIndex(of: "/") ?? key.path.startIndex
                _ = try StoredKey.make(String(key.path[place...].dropFirst()), in: String(key.path[..<place]))
            }
            let (type, blob) = try Self.publicPart(of: key)
            return PublicKeyLine(type: type, blob: blob, comment: StoredKey.usualIdentity)
        }
        if key.isNew {
            let made = context.service.shownBelowHome(key.path)
            context.events.tell(.remark(Message("made the key \(made), without a passphrase")))
        }
        return line
    }

    private static func publicPart(of key: LoginKey) throws(ConfigError) -> (type: String, blob: [UInt8]) {
        if let part = key.publicPart { return part }
        let path = key.path
        throw ConfigError(
            .invalidValue, Message("\(path) does not tell its public key"),
            hint: Message("write it beside the key: ssh-keygen -y -f \(path) >\(path).pub"))
    }

    private func shell(over connection: any Connection, _ destination: Destination) -> RemoteShell {
        RemoteShell(connection, events: context.events.on(destination.host)) { () throws(Failure) in
            throw Failure(.lost, Message("the connection is closed"))
        }
    }
}

/// A key by which a host lets its user in.
struct InstalledKey {
    let key: LoginKey
    /// Whether it was not there before.
    let isAdded: Bool
}

extension ServiceError {
    package static var nobodyTypesPassword: ServiceError {
        ServiceError(
            Message("nobody is there to type the password"),
            hint: Message("give --password-file FILE or --password-fd N"))
    }
}
