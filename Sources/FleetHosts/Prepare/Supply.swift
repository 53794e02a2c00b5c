/// What `fleet host prepare` brings to a host; the raw value names it in `Scripts/needs.sh`, too.
package enum Supply: String, Sendable, CaseIterable, Codable {
    case docker
    case podman
    /// With venv.
    case python
    case zstd
}
