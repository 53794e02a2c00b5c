package import FleetBase

/// How the container image of a package is made.
package struct PackageImage: Sendable, Hashable {
    /// `scratch`, a rootfs, an archive of `docker save`, or an image's name.
    package let base: String
    package let build: String?
    package let entrypoint: [ShellWord]?
    /// `NAME=VALUE`, in the order of the file.
    package let environment: [String]
}

extension YAMLNode {
    func packageImage() throws(ConfigError) -> PackageImage {
        let section = try YAMLSection(self, keys: ["from", "build", "entrypoint", "env"])
        var environment: [String] = []
        for entry in try section["env"]?.entries() ?? [] {
            environment.append("\(entry.key)=\(try entry.value.string())")
        }
        return PackageImage(
            base: try section["from"]?.string() ?? "scratch", build: try section["build"]?.string(),
            entrypoint: try section["entrypoint"]?.command(), environment: environment)
    }
}
