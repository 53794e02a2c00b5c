/// What `fleet version --json` prints.
package struct VersionView: Codable, Sendable {
    package let version: String

    package init(_ version: String) { self.version = version }
}
