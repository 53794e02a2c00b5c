package import FleetBase

/// How a container image of a package is made.
package struct PackageImage: Sendable, Hashable {
    package enum Base: Sendable, Hashable {
        /// Nothing but the package: its programs are static executables.
        case scratch
        /// What this machine has to run programs of a kind with.
        case runtime(Runtime)
        /// A folder or a tar of a root file system, an archive of `docker save` or `podman save`, or an OCI layout;
        /// from the package's folder, unless absolute.
        case path(String)
        /// A Dockerfile in the package's folder, built by an engine of the master.
        case dockerfile(RelativePath)

        /// As package.yaml has it.
        package var text: String {
            switch self {
            case .scratch: "scratch"
            case .runtime(let runtime): runtime.rawValue
            case .path(let path): path
            case .dockerfile(let path): path.text
            }
        }
    }

    package enum Runtime: String, Sendable, Hashable, CaseIterable {
        case python, java

        /// The program of the master without which there is none.
        package var tool: String {
            switch self {
            case .python: "python3"
            case .java: "jlink"
            }
        }
    }

    package let base: Base
    /// Stands before every engine's command.
    package let entrypoint: [ShellWord]
    /// `NAME=VALUE`, in the order of the file.
    package let environment: [String]
    /// Where a container begins that is started by hand; a run's is its own folder.
    package let workingDirectory: String?
    /// Whether its containers get a network.
    package let hasNetwork: Bool

    /// The path of what makes the image and is therefore not in the package.
    var excluded: [String] {
        switch base {
        case .scratch, .runtime: []
        case .path(let path): path.hasPrefix("/") ? [] : [path]
        case .dockerfile(let path): [path.text]
        }
    }

    /// Whether a program can run in the image: in an empty one there is nothing but the package's own.
    package func holds(_ program: ShellWord?) -> Bool {
        base != .scratch || !entrypoint.isEmpty || program?.text.hasPrefix("./") == true
    }
}

extension YAMLNode {
    func packageImage() throws(ConfigError) -> PackageImage {
        let section = try YAMLSection(self, keys: PackageImage.keys)
        var environment: [String] = []
        for entry in try section["env"]?.entries() ?? [] {
            environment.append("\(entry.key)=\(try entry.value.string())")
        }
        return PackageImage(
            base: try Self.base(section), entrypoint: try section["entrypoint"]?.command() ?? [],
            environment: environment, workingDirectory: try section["workdir"]?.string(),
            hasNetwork: try section["network"]?.bool() ?? false)
    }

    private static func base(_ section: YAMLSection) throws(ConfigError) -> PackageImage.Base {
        if let build = section["build"] {
            if let from = section["from"] {
                throw ConfigError(.invalidValue, at: from.place, Message("an image has either from: or build:"))
            }
            return .dockerfile(try build.parsed(RelativePath.init))
        }
        guard let from = section["from"] else {
            throw ConfigError(
                .missing, at: section.node.place, Message("an image needs from: or build:"),
                hint: Message("from: scratch is an empty one"))
        }
        var text = try from.string()
        if text == "scratch" { return .scratch }
        if let runtime = PackageImage.Runtime(rawValue: text) { return .runtime(runtime) }
        if text.hasPrefix("./") { text.removeFirst(2) }
        while text.count > 1, text.hasSuffix("/") { text.removeLast() }
        return .path(text)
    }
}
