package import FleetBase
package import FleetConfig
package import FleetHosts

/// Takes secrets from where the master has them.
package struct SecretReader: Sendable {
    /// The project's folder: relative paths begin there, and commands run there.
    let folder: String
    let environment: [String: String]
    let home: String

    package init(folder: String, environment: [String: String], home: String) {
        (self.folder, self.environment, self.home) = (folder, environment, home)
    }

    /// Blocks.
    package func read(_ name: String, from source: SecretSource) throws(EngineError) -> Secret {
        switch source {
        case .environment(let variable):
            guard let value = environment[variable] else {
                throw EngineError(
                    .resuming, Message("the secret \(name) is not there: \(variable) is not set"),
                    hint: Message("set it in the environment that fleet is started from"))
            }
            return Secret(value)
        case .file(let path):
            guard let bytes = try? Disk.bytes(absolute(path)) else {
                throw EngineError(.resuming, Message("the secret \(name) is not there: can't read \(path)"))
            }
            guard let secret = Secret(lineOf: bytes) else {
                throw EngineError(.resuming, Message("the secret \(name) is no UTF-8 text: \(path)"))
            }
            return secret
        case .command(let line):
            guard let bytes = LocalCommand.output(of: line, in: folder), let secret = Secret(lineOf: bytes)
            else { throw EngineError(.resuming, Message("the secret \(name) is not there: its command failed")) }
            return secret
        }
    }

    func absolute(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        return path.hasPrefix("~/") ? home + path.dropFirst(1) : "\(folder)/\(path)"
    }
}
