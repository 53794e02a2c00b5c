import Testing

@testable import FleetLedger

/// A host says the name of a job, and it becomes part of paths and of the ledger.
@Suite struct JobNameTests {
    @Test func readsWhatAMasterMakes() throws {
        let name = try #require(JobName("20261126-105633-a8fa.12.3"))
        #expect(name.run.text == "20261126-105633-a8fa" && name.position == 12 && name.attempt == 3)
    }

    @Test(arguments: [
        "last.1.1", "2.1.1", "../../x.1.1", "20261126-105633-a8fa.0.1", "20261126-105633-a8fa.1.-1",
        "20261126-105633-a8fa.1.9223372036854775807", "20261126-105633-a8fa.+1.1", "20261126-105633-a8fa.01.1",
        "20261126-105633-a8fa.1", "20261126-105633-a8fa.1.1.1", "20261126-105633-A8FA.1.1", "20261126-105633-a8fa..1",
        "",
    ])
    func refusesEverythingElse(text: String) { #expect(JobName(text) == nil) }
}
