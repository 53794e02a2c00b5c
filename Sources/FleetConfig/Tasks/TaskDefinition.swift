import FleetBase

/// One entry of tasks.yaml.
package struct TaskDefinition: Sendable {
    /// Where things stand that only other files can tell to be right.
    struct Places: Sendable, Hashable {
        let work: SourcePlace
        let engine: SourcePlace?
        let hosts: SourcePlace?
        let tags: SourcePlace?
        let inputs: SourcePlace?
        /// Where the names of ``TaskDefinition/after`` stand.
        let after: [SourcePlace]
    }

    static let retryRange = 0...1_000_000
    static let verifyRange = 2...1000

    package let name: String
    package let work: TaskWork
    /// The same in every combination; a matrix may replace them.
    package let parameters: [String: String]
    package let matrix: TaskMatrix
    /// How often each combination runs.
    package let repetitions: Int
    package let needs: Needs
    /// The tasks that must be done before this one starts.
    package let after: [String]
    /// How often a failed attempt is repeated.
    package let retries: Int
    package let timeout: TimeLimit?
    /// Keeps the job alive when its lease runs out.
    package let detach: Bool
    /// How long a job goes on when nobody has heard of its master.
    package let lease: Duration?
    package let environment: [String: String]
    package let secrets: [String: SecretSource]
    package let inputs: [TaskInput]
    /// Shell patterns from the run's folder on; empty for everything in `out/`.
    package let outputs: [String]
    /// How many results are compared with each other; nil where nobody compares.
    package let verify: Int?
    /// When it runs by itself; nil where it runs only when it is asked for.
    package let schedule: TaskSchedule?
    /// How much a job may bring home; the package decides what is not said here.
    package let limits: ResultLimits
    package let place: SourcePlace
    /// Every text that the task gives a parameter, in the order of the file.
    let given: [TaskParameter]
    let places: Places

    package var package: String? {
        guard case .package(let name, _) = work else { return nil }
        return name
    }

    package var engine: String? {
        guard case .package(_, let engine) = work else { return nil }
        return engine
    }

    init(_ node: YAMLNode) throws(ConfigError) {
        let section = try YAMLSection(node, keys: Self.keys)
        work = try TaskWork(section)
        name = try Self.name(section, work)
        var reader = MatrixReader()
        matrix = try reader.matrix(from: section["matrix"])
        let fixed = try Self.parameters(section)
        parameters = Dictionary(fixed.map { ($0.name, $0.text) }) { _, new in new }
        given = fixed + reader.given
        repetitions = try section["repeat"]?.int(atLeast: 1) ?? 1
        needs = try section["needs"].map { node throws(ConfigError) in try Needs(node) } ?? Needs()
        let after = try section["after"]?.namedTasks() ?? []
        self.after = after.map(\.name)
        retries = try section["retries"]?.int(in: Self.retryRange) ?? 0
        timeout = try section["timeout"]?.parsed(TimeLimit.init(parsing:))
        detach = try section["detach"]?.bool() ?? false
        lease = try section["lease"]?.lease()
        environment = try Self.environment(section)
        secrets = try Self.secrets(section)
        inputs = try section["inputs"]?.taskInputs() ?? []
        outputs = try section["outputs"]?.outputPatterns() ?? []
        verify = try section["verify"]?.int(in: Self.verifyRange)
        schedule = try section["schedule"]?.parsed(TaskSchedule.init(parsing:))
        limits = try ResultLimits(section["limits"], incomplete: section["incomplete"])
        place = node.place
        places = Places(
            work: Self.place(of: work, section), engine: section["engine"]?.place,
            hosts: section["needs"]?["hosts"]?.place, tags: section["needs"]?["tags"]?.place,
            inputs: section["inputs"]?.place, after: after.map(\.place))
        try refuseParametersSweptToo(section)
        try refuseCollisions(section)
    }

    /// How many tasks this entry stands for.
    var count: Int {
        let (each, isTooLarge) = repetitions.multipliedReportingOverflow(by: verify ?? 1)
        let (count, isTooLargeToo) = matrix.count.multipliedReportingOverflow(by: each)
        return isTooLarge || isTooLargeToo ? .max : count
    }

    package var expanded: [ExpandedTask] { expanded(from: 1) }

    /// - Parameters:
    ///   - position: of the first one.
    ///   - verify: how many results are compared when the task does not say itself.
    func expanded(from position: Int, verify usual: Int? = nil) -> [ExpandedTask] {
        let copies = (verify ?? usual).map { (1...$0).map(Optional.some) } ?? [nil]
        var tasks: [ExpandedTask] = []
        for combination in matrix.combinations {
            for repetition in 1...repetitions {
                for copy in copies {
                    tasks.append(
                        ExpandedTask(
                            self, combination, repetition: repetition, copy: copy, position: position + tasks.count))
                }
            }
        }
        return tasks
    }
}

extension TaskDefinition: Hashable {
    /// By its name alone, which no other task of the file has: a hundred thousand expanded tasks may share a definition.
    package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
