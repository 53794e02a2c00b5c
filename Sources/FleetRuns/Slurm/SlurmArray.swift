import FleetBase
import FleetLedger

/// Attempts that are submitted together: they ask for the same, and their indices belong to one name.
struct SlurmArray: Sendable, Hashable {
    private(set) var jobs: [SlurmJob]

    /// - Parameter tasks: of the run, in its order.
    static func grouping(_ jobs: [SlurmJob], _ tasks: [PlannedTask]) -> [SlurmArray] {
        struct Key: Hashable { let group, attempt, shift: Int }
        var (arrays, places) = ([SlurmArray](), [Key: Int]())
        for job in jobs.sorted(by: { $0.position < $1.position }) {
            let key = Key(group: tasks[job.position - 1].group, attempt: job.attempt, shift: job.shift)
            if let place = places[key] {
                arrays[place].jobs.append(job)
            } else {
                places[key] = arrays.count
                arrays.append(SlurmArray(jobs: [job]))
            }
        }
        return arrays
    }

    /// The words for sbatch(1) that differ from array to array.
    func words(for request: RunRequest, _ options: SlurmOptions) -> [String] {
        // fleet's own limit ends a job first, in good order.
        let minutes = Int(((request.timeout + .seconds(60)).seconds / 60).rounded(.up))
        // A person's own come first, so that they replace none of these.
        var words = options.words + ["--array=\(indices)", "--time=\(max(1, minutes))"]
        if let partition = options.partition { words.append("--partition=\(partition)") }
        if let cores = request.needs.cores { words.append("--cpus-per-task=\(cores)") }
        if let memory = request.needs.memory {
            words.append("--mem=\(memory.bytes / 1024 + (memory.bytes % 1024 == 0 ? 0 : 1))K")
        }
        if request.needs.gpu { words.append("--gres=gpu:1") }
        if !request.needs.tags.isEmpty { words.append("--constraint=\(request.needs.tags.joined(separator: "&"))") }
        return words
    }

    /// `1-4,7`
    private var indices: String {
        var ranges: [ClosedRange<Int>] = []
        for index in jobs.map(\.index).sorted() {
            if let last = ranges.last, last.upperBound + 1 == index {
                ranges[ranges.count - 1] = last.lowerBound...index
            } else {
                ranges.append(index...index)
            }
        }
        return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            .joined(separator: ",")
    }
}
