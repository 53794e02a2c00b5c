import FleetBase
import Testing

@testable import FleetRuns

/// The form in which ledgers keep tasks, and of which keys of tasks are digests: it never changes.
@Suite struct TaskSpecTests {
    private static let whole = """
        {"after":["a"],"allowsIncomplete":true,"architectures":["x86_64"],"command":"c","copy":2,"cores":3,\
        "definition":"d","detach":true,"disk":4,"engine":"e","environment":{"E":"1"},"gpu":true,"host":"h",\
        "hosts":["w-*"],"inputDigests":{"i":"00"},"inputs":{"i":"f"},"leaseSeconds":5.5,"memory":6,"method":"venv",\
        "outputs":["o"],"package":"p","parameters":{"n":"1"},"percentOfMedian":300,"python":"y","repetition":7,\
        "resultBytes":8,"resultFiles":9,"retries":10,"secrets":{"S":{"file":{"_0":"s"}}},"tags":["t"],\
        "timeoutSeconds":11.5,"version":"v"}
        """
    private static let least = """
        {"after":[],"architectures":[],"definition":"d","detach":false,"environment":{},"gpu":false,"hosts":[],\
        "inputs":{},"outputs":[],"parameters":{},"repetition":1,"retries":0,"secrets":{},"tags":[]}
        """

    @Test(arguments: [whole, least]) func isOneFlatObject(text: String) throws {
        #expect(try JSONText.decode(TaskSpec.self, from: text.utf8).text == text)
    }

    @Test func readsEveryKey() throws {
        let spec = try JSONText.decode(TaskSpec.self, from: Self.whole.utf8)
        #expect(
            spec.demands.needs.memory == ByteCount(6) && spec.limits.declared.files == 9
                && spec.limits.declared.size == ByteCount(8))
    }

    @Test func keysForgetHowOftenATaskMayTry() throws {
        let spec = try JSONText.decode(TaskSpec.self, from: Self.whole.utf8)
        let same = try JSONText.decode(
            TaskSpec.self,
            from: Self.whole.replacing("\"retries\":10", with: "\"retries\":0")
                .replacing("\"resultFiles\":9,", with: "").replacing("300", with: "400").utf8)
        let other = try JSONText.decode(
            TaskSpec.self, from: Self.whole.replacing("\"cores\":3", with: "\"cores\":4").utf8)
        let key = spec.key(nil, inputs: [:], before: [])
        #expect(key == same.key(nil, inputs: [:], before: []) && key != other.key(nil, inputs: [:], before: []))
        #expect(key.hex == "7bbfc9d5d7f359d462b43c314515f71b52491c609df45d9a6aa76052e00a4faf")
    }
}
