package import FleetBase

/// One way to do a package's work: a program and the methods that can start it.
package struct PackageEngine: Sendable, Hashable {
    package let name: String
    /// In the order of ``Method``, best first.
    package let methods: [Method]
    /// Machine names of uname(1); empty for any.
    package let architectures: [String]
    /// Never empty.
    package let command: [ShellWord]
    /// A pip requirements file of the package.
    package let requirements: RelativePath?
    /// Programs that a host must have beside what the method asks for; its image has them.
    package let required: [HostTool]
    /// What is made for this engine alone; where it can't be, the package goes without the engine.
    package let build: BuildStep?
    /// Its own one, instead of the package's.
    package let image: PackageImage?

    /// One that no package declares.
    package init(name: String, methods: [Method], command: [ShellWord]) {
        (self.name, self.methods, self.command) = (name, methods, command)
        (architectures, requirements, required, build, image) = ([], nil, [], nil, nil)
    }

    package func runs(on architecture: String) -> Bool {
        architectures.isEmpty || architectures.contains(Self.machine(architecture))
    }

    static func list(_ node: YAMLNode) throws(ConfigError) -> [PackageEngine] {
        var engines: [PackageEngine] = []
        for entry in try node.entries() {
            try entry.requireIdentifier(Message("an engine"))
            engines.append(try PackageEngine(entry))
        }
        guard !engines.isEmpty else {
            throw ConfigError(.missing, at: node.place, Message("a package needs at least one engine"))
        }
        return engines
    }

    private init(_ entry: YAMLNode.Entry) throws(ConfigError) {
        let section = try YAMLSection(entry.value, keys: Self.keys)
        name = entry.key
        let named = try section.required("methods").words(Method.self)
        methods = Method.allCases.filter(named.contains)
        architectures = try section["arch"]?.strings().map(Self.machine) ?? []
        command = try section.required("run").command()
        requirements = try section["requirements"]?.parsed(RelativePath.init)
        required = try section["requires"]?.words(HostTool.self) ?? []
        build = try section["build"]?.buildStep()
        image = try section["image"]?.packageImage()
    }

    /// Docker's names of architectures as uname(1) says them.
    package static func machine(_ name: String) -> String {
        ["amd64": "x86_64", "arm64": "aarch64"][name] ?? name
    }
}
