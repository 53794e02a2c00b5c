import Testing

@testable import FleetBase

@Suite struct TimestampTests {
    @Test func writesMilliseconds() {
        #expect(Timestamp(milliseconds: 1_795_275_012_007).description == "2026-11-21T15:30:12.007Z")
    }

    @Test func readsWhatItWrites() throws {
        let time = Timestamp(milliseconds: 1_795_275_012_340)
        #expect(try Timestamp(parsing: time.description) == time)
    }

    @Test func readsWholeSeconds() throws {
        #expect(try Timestamp(parsing: "2026-11-21T15:30:12Z").milliseconds == 1_795_275_012_000)
    }

    @Test func namesFiles() {
        #expect(Timestamp(milliseconds: 1_795_275_012_007).compact == "20261121-153012")
    }

    @Test(arguments: [
        "", "yesterday", "2026-11-21", "2026-11-21T15:30:12", "2026-11-21T15:30:12+01:00", "2026-11-21T15:30:12.xZ",
    ])
    func refuses(text: String) {
        #expect(throws: ValueError.self) { try Timestamp(parsing: text) }
    }
}
