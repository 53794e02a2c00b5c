import FleetBase
import Testing

@testable import FleetConfig

@Suite struct HostSelectorTests {
    private let text = """
        hosts:
          worker-02: { tags: gpu }
          worker-01:
          vps: { tags: [gpu, far] }
        groups:
          mine: { hosts: [worker-01, worker-02] }
        """

    private func names(_ selector: HostSelector) throws -> [String] {
        try selector.select(from: inventory(text)).map(\.name.text)
    }

    @Test func selectsAll() throws { #expect(try names(.all) == ["worker-02", "worker-01", "vps"]) }

    @Test func answersInInventoryOrderWithoutRepeats() throws {
        #expect(try names(HostSelector(hosts: ["vps,worker-02", "vps"])) == ["worker-02", "vps"])
    }

    @Test func expandsPatterns() throws {
        #expect(try names(HostSelector(hosts: ["worker-0?"])) == ["worker-02", "worker-01"])
    }

    @Test func selectsByTag() throws { #expect(try names(HostSelector(hosts: ["tag:gpu"])) == ["worker-02", "vps"]) }

    @Test func unitesGroupsAndHosts() throws {
        #expect(try names(HostSelector(hosts: ["vps"], groups: ["mine"])).count == 3)
    }

    @Test(arguments: [
        ("vpss", "unknown host \"vpss\", did you mean \"vps\"?"), ("db-*", "no host matches \"db-*\""),
        ("tag:gpus", "unknown tag \"gpus\", did you mean \"gpu\"?"),
    ])
    func refusesUnknownNames(word: String, message: String) {
        #expect(problem { try names(HostSelector(hosts: [word])) } == message)
    }

    @Test func namesTheHostsThatThereAre() throws {
        let error = #expect(throws: ConfigError.self) { try names(HostSelector(hosts: ["nope"])) }
        #expect(error?.hint?.text(in: .english) == "there are: worker-02, worker-01, vps")
    }

    @Test func refusesAnUnknownGroup() {
        #expect(
            problem { try names(HostSelector(hosts: [], groups: ["mina"])) }
                == "unknown group \"mina\", did you mean \"mine\"?")
    }

    @Test(arguments: [
        ("*", "", true), ("a*b*c", "axxbyyc", true), ("a*b", "ab", true), ("a?", "a", false), ("*a", "aab", false),
        ("**", "x", true), ("a", "a", true),
    ])
    func matchesGlobs(pattern: String, text: String, matches: Bool) {
        #expect(Glob(pattern).matches(text) == matches)
    }
}
