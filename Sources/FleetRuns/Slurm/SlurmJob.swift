import FleetBase
import FleetLedger

/// One attempt of a task, as it is called on the login host and by Slurm: an element of an array whose name says which
/// run and attempt it is, so that a master that was killed finds it again by that name.
struct SlurmJob: Hashable, Sendable {
    /// How many positions share the name of an array: slurm.conf(5) allows indices up to 1000 (MaxArraySize).
    private static let width = 1000

    /// What positions and attempts are, whoever tells them.
    private static let numbers: ClosedRange<Int64> = 1...Int64(Int32.max)

    /// The task's position in its run, from 1.
    let position: Int
    let attempt: Int

    init(position: Int, attempt: Int) { (self.position, self.attempt) = (position, attempt) }

    /// `POSITION.ATTEMPT`
    init?(_ name: String) {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map { Int64(digits: $0) }
        guard parts.count == 2, let position = parts[0], let attempt = parts[1], Self.numbers.contains(position),
            Self.numbers.contains(attempt)
        else { return nil }
        self.init(position: Int(position), attempt: Int(attempt))
    }

    /// As squeue(1) tells it.
    init?(array: String, index: String) {
        let parts = array.split(separator: ".")
        guard parts.count == 3, let attempt = Int64(digits: parts[1]), let shift = Int64(digits: parts[2]),
            let index = Int64(digits: index), Self.numbers.contains(attempt), (0...Int64(Int32.max)).contains(shift),
            (0...Int64(Self.width)).contains(index)
        else { return nil }
        self.init(position: Int(shift + index), attempt: Int(attempt))
    }

    var name: String { "\(position).\(attempt)" }
    /// What is added to an index for the position.
    var shift: Int { (position - 1) / Self.width * Self.width }
    var index: Int { position - shift }
    func array(in run: RunID) -> String { "fleet-\(run).\(attempt).\(shift)" }
}
