package import FleetBase

/// A package as its author declares it: `packages/NAME/package.yaml`.
package struct PackageFile: Sendable, Hashable {
    package let name: String
    package let version: String
    package let description: LocalizedText?
    package private(set) var content: PackageContent
    /// In the order of the file, as are the engines and the metrics.
    package let parameters: [Parameter]
    /// The first one that a host can run is taken.
    package private(set) var engines: [PackageEngine]
    package let metrics: [Metric]
    /// The image of the engines that have none of their own.
    package let image: PackageImage?
    package let build: BuildStep?
    package let timeout: Duration?
    /// How much a job may bring home.
    package let limits: ResultLimits

    package init(parsing text: String, file: String) throws(ConfigError) {
        self = try PackageFile(YAMLNode(parsing: text, file: file))
    }

    package init(file: String, shownAs name: String? = nil) throws(ConfigError) {
        self = try PackageFile(YAMLNode(file: file, shownAs: name))
    }

    private init(_ root: YAMLNode) throws(ConfigError) {
        let section = try YAMLSection(root, keys: Self.keys)
        name = try section.required("name").identifier(Message("a package"))
        version = try section.required("version").identifier(Message("a version"))
        description = try section["description"]?.localizedText()
        parameters = try Parameter.list(section["parameters"])
        engines = try PackageEngine.list(section.required("engines"))
        metrics = try Metric.list(section["metrics"])
        image = try section["image"]?.packageImage()
        build = try section["build"]?.buildStep()
        timeout = try section["timeout"]?.timeLimit()
        limits = try ResultLimits(section["limits"], incomplete: section["incomplete"])
        content = PackageContent(
            included: try section["files"]?.strings(),
            excluded: try section["exclude"]?.strings() ?? [],
            bases: ([image] + engines.map(\.image)).flatMap { $0?.excluded ?? [] },
            outputs: ([build] + engines.map(\.build)).flatMap { $0?.outputs ?? [] })
    }

    /// With what the `.fleetignore` beside it leaves out.
    package func reading(ignoreFile bytes: [UInt8]) -> PackageFile {
        var file = self
        file.content = content.reading(ignoreFile: bytes)
        return file
    }

    /// In which image an engine runs; nil for none.
    package func image(of engine: PackageEngine) -> PackageImage? {
        (engine.image ?? image).flatMap { $0.holds(engine.command.first) ? $0 : nil }
    }

    /// All images that are declared, of the whole package and of single engines.
    package var images: [PackageImage] { ([image] + engines.map(\.image)).compactMap(\.self) }

    /// The package without some of its engines, and without what is built for them alone.
    package func leavingOut(_ names: [String]) -> PackageFile {
        var file = self
        file.engines = engines.filter { !names.contains($0.name) }
        let kept = ([build] + file.engines.map(\.build)).flatMap { $0?.outputs ?? [] }
        file.content = content.leavingOut(outputsBut: kept)
        return file
    }
}

/// A number or a text that a worker reports in `out/metrics.json`.
package struct Metric: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable { case int, float, string, bool }

    package let name: String
    package let kind: Kind
    package let unit: String?
    /// Another value each time, such as a duration: no two results agree in it.
    package let varies: Bool

    static func list(_ node: YAMLNode?) throws(ConfigError) -> [Metric] {
        var metrics: [Metric] = []
        for entry in try node?.entries() ?? [] {
            try entry.requireIdentifier(Message("a metric"))
            let section = try YAMLSection(entry.value, keys: Self.keys)
            let kind = try section["type"]?.word(Kind.self) ?? .float
            metrics.append(
                Metric(
                    name: entry.key, kind: kind, unit: try section["unit"]?.string(),
                    varies: try section["varies"]?.bool() ?? false))
        }
        return metrics
    }
}

/// What the master does in the package's folder before it packs.
package struct BuildStep: Sendable, Hashable {
    package let command: [ShellWord]
    /// Patterns of the files it reads: unchanged inputs need no new build.
    package let inputs: [String]
    /// The files it leaves, which belong to the package.
    package let outputs: [String]
    /// How long it may take.
    package let timeout: Duration
    /// The program that it can't do without, such as a compiler; the package of a master without it has nothing of it.
    package let tool: String?

    /// Whether a file is one of the outputs.
    package func makes(_ path: BytePath) -> Bool { outputs.contains { PathPattern($0).covers(path) } }

    /// Whether a file is one of the inputs.
    package func reads(_ path: BytePath) -> Bool { inputs.contains { PathPattern($0).covers(path) } }
}

extension YAMLNode {
    func buildStep() throws(ConfigError) -> BuildStep {
        let section = try YAMLSection(self, keys: BuildStep.keys)
        return BuildStep(
            command: try section.required("run").command(), inputs: try section["inputs"]?.strings() ?? [],
            outputs: try section["outputs"]?.strings() ?? [],
            timeout: try section["timeout"]?.timeLimit() ?? .seconds(1800),
            tool: try section["tool"]?.identifier(Message("a program")))
    }

    func identifier(_ kind: Message) throws(ConfigError) -> String {
        let text = try string()
        try Identifier.require(text, kind, at: place)
        return text
    }
}
