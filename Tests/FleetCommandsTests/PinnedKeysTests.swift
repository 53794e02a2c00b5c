import FleetBase
import Testing

@testable import FleetSSH

@Suite struct PinnedKeysTests {
    private let endpoint: SSHEndpoint
    private let key: HostKey

    init() throws {
        endpoint = SSHConfig(home: "/nowhere").endpoint(
            for: Destination(host: try HostName("pc"), address: "192.0.2.7"), environment: [:])
        let blob = try #require(Base64.decode("AAAAC3NzaC1lZDI1NTE5AAAAIIuq7lSXrMyCrBWsNKdxnWGRDlTjbjyJE7bmVaaAyNV0"))
        key = try #require(HostKey(blob: blob))
    }

    @Test func findsWhatItPinned() {
        var pins = PinnedKeys("# mine", file: "known_hosts")
        pins.pin(key, for: endpoint)
        #expect(pins.text == "# mine\n192.0.2.7 \(key.line)\n")
        #expect(pins.keys(for: endpoint).map(\.place) == ["known_hosts:2"])
    }

    @Test func leavesOtherNamesOfALine() {
        var pins = PinnedKeys("pc,192.0.2.7 \(key.line)\nother \(key.line)\n", file: "known_hosts")
        pins.unpin(endpoint)
        #expect(pins.text == "pc \(key.line)\nother \(key.line)\n")
    }

    @Test func leavesMarkersAndWildcardsToPeople() {
        let text = "@revoked 192.0.2.7 \(key.line)\n192.0.2.* \(key.line)\n"
        var pins = PinnedKeys(text, file: "known_hosts")
        pins.unpin(endpoint)
        #expect(pins.text == text && pins.keys(for: endpoint).isEmpty)
    }
}
