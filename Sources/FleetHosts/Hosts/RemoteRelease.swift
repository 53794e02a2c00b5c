import FleetBase

/// A release that lies, or lay, on a host. Its name and version are safe in a path, whoever said them.
package struct RemoteRelease: Sendable, Hashable, Comparable {
    package let name: String
    package let version: String

    init(name: String, version: String) { (self.name, self.version) = (name, version) }

    /// The version in package.yaml has 64 characters at most, and twelve digits follow it.
    private static let longestVersion = 80

    static func isVersion(_ text: String) -> Bool { Identifier.isValid(text, atMost: longestVersion) }

    package static func < (left: RemoteRelease, right: RemoteRelease) -> Bool {
        (left.name, left.version) < (right.name, right.version)
    }
}
