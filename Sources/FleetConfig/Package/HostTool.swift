/// A program that an engine may need on a host: what the probe looks for, see `Scripts/probe.sh`.
package enum HostTool: String, Sendable, CaseIterable {
    case cc, java, nvcc, openssl, zstd
}
