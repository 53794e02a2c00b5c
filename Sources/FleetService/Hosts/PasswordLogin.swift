package import FleetBase
package import FleetConfig

/// What becomes of a host that takes none of the keys but would take a password.
package enum PasswordLogin: Sendable, Hashable, Codable {
    /// Nothing: it is a host that does not let fleet in.
    case never
    /// A person is asked whether a key is to be installed there, and for the password.
    case ask
    /// A key is installed; a person is asked for the password alone.
    case agreed
    /// A key is installed with a password from here.
    case given(SecretSource)

    /// Whether a key is to be installed, and made before where it is not there.
    var isWanted: Bool {
        switch self {
        case .agreed, .given: true
        case .never, .ask: false
        }
    }
}

/// Asks a person for the password of `USER@ADDRESS`; nil when nobody answers. What it throws ends the operation.
package typealias PasswordReader = @Sendable (_ login: String) async throws -> Secret?

/// A key that is about to be installed on a host by its user's password.
package struct KeyOffer: Sendable, Hashable {
    package let host: HostName
    /// `USER@ADDRESS`.
    package let login: String
    /// The key's file here.
    package let file: String
    /// Whether it is made first.
    package let isNew: Bool
}
