import FleetBase
import FleetConfig
import FleetHosts
import FleetLedger
import Testing

@testable import FleetRuns

/// The backend of a run is found again by what the ledger keeps of it.
@Suite struct BackendChoiceTests {
    private let slurm = BackendChoice.slurm(
        SlurmOptions(login: "gate", partition: "main", words: ["--account=physics"]))

    private func run(_ record: String?) -> Run { Run(command: "fleet tasks run", engine: record) }

    @Test func isFoundAgain() throws {
        #expect(try BackendChoice(of: run(slurm.record)) == slurm)
        #expect(BackendChoice.queue.record == nil)
        #expect(try BackendChoice(of: run(nil)) == .queue)
        #expect(
            slurm.record == #"{"backend":"slurm","login":"gate","partition":"main","words":["--account=physics"]}"#)
    }

    @Test func readsWhatEarlierFleetsKept() throws {
        let record = #"{"login":"gate","partition":"main","words":["--account=physics"]}"#
        #expect(try BackendChoice(of: run(record)) == slurm)
    }

    @Test(arguments: [#"{"backend":"swarm","login":"gate","words":[]}"#, "{}", "slurm"])
    func refusesWhatItDoesNotKnow(record: String) {
        let error = #expect(throws: EngineError.self) { try BackendChoice(of: run(record)) }
        #expect(error?.message.text(in: .english).contains("who hands out the tasks") == true)
    }

    @Test func travelsWithTheOptionsOfAQueue() throws {
        for choice in [BackendChoice.queue, slurm] {
            var options = QueueOptions()
            options.backend = choice
            let text = try JSONText.encode(options)
            #expect(try JSONText.decode(QueueOptions.self, from: text.utf8).backend == choice)
        }
    }

    @Test func slurmTakesOneHostAndLeavesTheChoiceToNobody() throws {
        let inventory = try Inventory(
            parsing: "hosts:\n  gate: { address: a }\n  other: { address: b }\n", file: "hosts.yaml",
            paths: PathBase(folder: "/project", home: "/home/ana"))
        let hosts = try slurm.backend.hosts(in: inventory) { preconditionFailure("nobody chooses") }
        #expect(hosts.map(\.name.text) == ["gate"])
        let nowhere = BackendChoice.slurm(SlurmOptions(login: "gate,other"))
        let error = #expect(throws: ConfigError.self) { try nowhere.backend.hosts(in: inventory) { [] } }
        #expect(error?.message.text(in: .english) == "--login names one host, and gate,other are 2")
    }
}
