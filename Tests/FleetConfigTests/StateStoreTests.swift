import FleetBase
import FleetTesting
import Foundation
import Testing

@testable import FleetConfig

@Suite struct StateStoreTests {
    private let folder: TemporaryFolder
    private let store: StateStore

    init() throws {
        folder = try TemporaryFolder()
        store = StateStore(file: folder.path + "/state.json", lock: folder.path + "/.fleet/state.lock")
    }

    @Test func readsNothingFromNoFile() throws { #expect(try store.read() == InventoryState()) }

    @Test func readsWhatItWrote() throws {
        let time = Timestamp(milliseconds: 1_795_275_012_340)
        let state = HostState(
            facts: ["cores": .integer(8)], methods: ["docker"],
            packages: ["a": PackageState(version: "1", digest: "d", pushed: time)], seen: time, hostKey: "SHA256:x")
        try store.update { $0.hosts["pc"] = state }
        #expect(try store.read().hosts["pc"] == state)
    }

    @Test func writesSortedLinesWithALineEnd() throws {
        try store.update { $0.hosts = ["b": HostState(), "a": HostState()] }
        let text = try folder.read("state.json")
        #expect(text.hasSuffix("}\n") && text.range(of: "\"a\"")!.lowerBound < text.range(of: "\"b\"")!.lowerBound)
    }

    @Test func keepsKeysOfANewerVersion() throws {
        try folder.write(
            #"{"format": 2, "hosts": {"a": {"colour": "red", "facts": {"x": 1}}, "b": {}}}"#, to: "state.json")
        try store.update { state in
            state.hosts["a"]?.facts = [:]
            state.hosts["b"] = nil
        }
        let json = try JSONText.decode(JSONValue.self, from: folder.read("state.json").utf8)
        #expect(json["format"] == .integer(2))
        #expect(
            json["hosts"]
                == .object([
                    "a": .object([
                        "colour": .string("red"), "facts": .object([:]), "methods": .array([]),
                        "packages": .object([:]),
                    ])
                ]))
    }

    @Test func leavesAnUnchangedFileAlone() throws {
        try folder.write("{\"hosts\":{}}", to: "state.json")
        try store.update { _ in }
        #expect(try folder.read("state.json") == "{\"hosts\":{}}")
    }

    @Test func survivesNumbersThatAreNone() throws {
        try folder.write(
            #"{"hosts": {"a": {"facts": {"hostname": "nan"}, "colour": 1e999}}, "x": 1e999}"#, to: "state.json")
        try store.update { $0.hosts["b"] = HostState(facts: ["load": .number(.nan), "cores": .number(.infinity)]) }
        let read = try store.read()
        #expect(read.hosts["a"]?.facts["hostname"] == .string("nan") && read.hosts["b"]?.facts["load"] == .null)
    }

    @Test func saysWhereTheFileIsCorrupt() throws {
        try folder.write("{\n  \"hosts\": {]\n}\n", to: "state.json")
        let message = problem { try store.read() }
        #expect(message.hasSuffix("state.json:2:13: not valid JSON"))
    }

    @Test func saysWhichValueIsWrong() throws {
        try folder.write(#"{"hosts": {"a": {"methods": 5}}}"#, to: "state.json")
        #expect(
            problem { try store.read() }.hasSuffix("state.json:1:29: hosts.a.methods: expected a list, found 5"))
    }

    @Test func saysThatTheWholeIsOfAnotherShape() throws {
        try folder.write("[]", to: "state.json")
        #expect(problem { try store.read() }.hasSuffix("state.json:1:1: expected a mapping, found a list"))
    }

    @Test func saysWhichTimeIsWrong() throws {
        try folder.write(#"{"hosts": {"a": {"seen": "today"}}}"#, to: "state.json")
        #expect(problem { try store.read() }.contains("\"today\" is not a time"))
    }

    @Test func leavesNoTemporaryFile() throws {
        try store.update { $0.hosts["a"] = HostState() }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [".fleet", "state.json"])
    }

    @Test func losesNoUpdateOfOthers() async throws {
        let store = store
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask { try store.update { $0.hosts["h\(number)"] = HostState() } }
            }
            try await group.waitForAll()
        }
        #expect(try store.read().hosts.count == 20)
    }

    @Test func givesUpWhenTheLockIsHeld() throws {
        let lock = try FileLock(folder.path + "/.fleet/state.lock", deadline: .after(.seconds(1)))
        let error = #expect(throws: ConfigError.self) { try store.update(by: .after(.milliseconds(20))) { _ in } }
        #expect(error?.exitCode == .locked)
        _ = consume lock
    }

    @Test func replacesTheFileBehindALink() throws {
        let real = try folder.write("{}", to: "real.json")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/state.json", withDestinationPath: real)
        try store.update { $0.hosts["a"] = HostState() }
        #expect(try folder.read("real.json").contains("\"a\""))
    }
}
