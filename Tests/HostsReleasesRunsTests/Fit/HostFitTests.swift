import FleetBase
import FleetConfig
import Testing
@testable import FleetHosts
@testable import FleetRuns

@Suite struct HostFitTests {
    private static let facts = Facts([
        ("arch", "x86_64"), ("cores", "4"), ("memory", "\(512 << 20)"), ("memory_free", "\(1 << 20)"),
        ("disk", "\(100 << 30)"), ("disk_free", "\(3 << 30)"), ("python", "3.11"),
    ])

    private func needs(_ text: String) throws -> Needs {
        let file = try TasksFile(parsing: "tasks:\n- { package: a, needs: { \(text) } }\n", file: "tasks.yaml")
        return try #require(file.tasks.first).needs
    }

    private func objection(_ text: String, _ facts: Facts = Self.facts) throws -> String? {
        let paths = PathBase(folder: "/project", home: "/home/ana")
        let inventory = try Inventory(
            parsing: "hosts:\n  pc-leo: { tags: [fast, big] }\n", file: "hosts.yaml", paths: paths)
        let host = try #require(inventory.hosts.first)
        return HostFit.objection(to: host, facts, needs: try needs(text))?.text(in: .english)
    }

    @Test(arguments: [
        "", "memory: 512M", "disk: 3G", "cores: 4", "arch: x86_64", "arch: [arm64, amd64]", "tags: fast",
        "tags: [big, fast]", "method: native", "method: python", "hosts: pc-leo", "hosts: 'pc-*'", "hosts: 'tag:big'",
        "hosts: 'other,pc-???'", "gpu: false",
    ])
    func accepts(text: String) throws {
        #expect(try objection(text) == nil)
    }

    @Test(arguments: [
        ("memory: 2G", "has 512 MiB of memory, 2.0 GiB are needed"),
        ("disk: 4G", "has 3.0 GiB of free disk space, 4.0 GiB are needed"),
        ("cores: 5", "has 4 cores, 5 are needed"),
        ("arch: [aarch64, riscv64]", "is x86_64, aarch64/riscv64 is needed"),
        ("gpu: true", "has no GPU"),
        ("method: docker", "has no docker"),
        ("tags: [fast, slow]", "lacks the tag slow"),
        ("tags: [slow, far]", "lacks the tags slow, far"),
        ("hosts: [vps, 'x*']", "is not among the hosts vps, x*"),
        ("hosts: 'tag:slow'", "is not among the hosts tag:slow"),
    ])
    func objects(text: String, message: String) throws {
        #expect(try objection(text) == message)
    }

    @Test(arguments: [
        ("memory: 1", "does not tell its memory"), ("cores: 1", "does not tell its cores"),
        ("disk: 1", "does not tell its free disk space"),
        ("arch: arm64", "does not tell its architecture, arm64 is needed"),
    ])
    func objectsToAHostThatDoesNotTell(text: String, message: String) throws {
        #expect(try objection(text, Facts([])) == message)
    }

    @Test func countsASingleCore() throws {
        #expect(try objection("cores: 2", Facts([("cores", "1")])) == "has 1 core, 2 are needed")
    }

    @Test func seesAGPU() throws {
        #expect(try objection("gpu: true", Facts([("gpu", "NVIDIA T4")])) == nil)
    }
}
