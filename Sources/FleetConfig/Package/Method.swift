/// A way to run a worker on a host, best first.
package enum Method: String, Sendable, CaseIterable, Codable {
    case docker, podman, venv, python, native

    /// Whether it runs an image.
    package var isContainer: Bool { self == .docker || self == .podman }
}
