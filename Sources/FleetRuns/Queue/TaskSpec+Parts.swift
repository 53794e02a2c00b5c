import FleetBase
import FleetConfig

extension TaskSpec {
    /// What is run: a package's engine, a command or a Python program.
    struct Work: Sendable, Hashable, Codable {
        var package: String?
        var version: String?
        var engine: String?
        var command: String?
        var python: String?

        init() {}

        init(_ work: TaskWork, version: String?) {
            switch work {
            case .package(let name, let engine): (package, self.version, self.engine) = (name, version, engine)
            case .command(let line): command = line
            case .python(let code): python = code
            }
        }
    }

    /// `needs:` of the task.
    struct Demands: Sendable, Hashable, Codable {
        var memory: Int64?
        var disk: Int64?
        var cores: Int?
        var gpu = false
        var architectures: [String] = []
        var tags: [String] = []
        var method: String?
        var hosts: [String] = []

        init() {}

        init(_ needs: Needs) {
            (memory, disk, cores, gpu) = (needs.memory?.bytes, needs.disk?.bytes, needs.cores, needs.gpu)
            (architectures, tags, hosts) = (needs.architectures, needs.tags, needs.hosts)
            method = needs.method?.rawValue
        }

        var needs: Needs {
            var needs = Needs()
            (needs.memory, needs.disk) = (memory.map { ByteCount($0) }, disk.map { ByteCount($0) })
            (needs.cores, needs.gpu, needs.architectures, needs.tags) = (cores, gpu, architectures, tags)
            (needs.method, needs.hosts) = (method.flatMap { FleetConfig.Method(rawValue: $0) }, hosts)
            return needs
        }
    }

    /// How often and how long it may try, which changes nothing of what comes out.
    struct Tries: Sendable, Hashable, Codable {
        var retries = 0
        var timeoutSeconds: Double?
        var percentOfMedian: Int?
        var leaseSeconds: Double?
        var detach = false

        init() {}

        init(_ task: TaskDefinition) {
            retries = task.retries
            switch task.timeout {
            case .duration(let time): timeoutSeconds = time.seconds
            case .percentOfMedian(let percent): percentOfMedian = percent
            case nil: break
            }
            (leaseSeconds, detach) = (task.lease?.seconds, task.detach)
        }
    }

    /// `limits:` of the task.
    struct Limits: Sendable, Hashable, Codable {
        var resultFiles: Int?
        var resultBytes: Int64?
        var allowsIncomplete: Bool?

        init() {}

        init(_ limits: ResultLimits) {
            (resultFiles, resultBytes) = (limits.files, limits.size?.bytes)
            allowsIncomplete = limits.allowsIncomplete
        }

        var declared: ResultLimits {
            var limits = ResultLimits()
            (limits.files, limits.size) = (resultFiles, resultBytes.map { ByteCount($0) })
            limits.allowsIncomplete = allowsIncomplete
            return limits
        }
    }
}
