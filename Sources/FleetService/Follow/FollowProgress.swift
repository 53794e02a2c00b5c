import FleetLedger

/// Which attempts of a run are followed, and how far each was shown; decides what is to be done with each.
struct FollowProgress {
    enum Step {
        case nothing
        /// The attempt's output is to be followed on its host.
        case follow
        /// The attempt has ended: what was not shown comes from its files.
        case finish(ShownOutput?)
    }

    private var outputs: [String: ShownOutput] = [:]
    private var followed: Set<String> = []
    private var finished: Set<String> = []
    /// Attempts that are not followed again before the next beat, with their tasks.
    private var resting: [String: String] = [:]

    var isFollowing: Bool { !followed.isEmpty }

    /// - Parameter isOver: nothing more is waited for.
    mutating func step(for attempt: Attempt, isOver: Bool) -> Step {
        if attempt.state.isFinal {
            // What is on its way would be shown twice.
            guard isOver || !followed.contains(attempt.id) else { return .nothing }
            return finished.insert(attempt.id).inserted ? .finish(outputs[attempt.id]) : .nothing
        }
        let isNew = outputs[attempt.id] == nil && resting[attempt.id] == nil
        return attempt.state == .running && isNew ? .follow : .nothing
    }

    /// The attempt is followed from now on.
    mutating func begins(_ attempt: Attempt) -> ShownOutput {
        let output = ShownOutput()
        outputs[attempt.id] = output
        followed.insert(attempt.id)
        return output
    }

    /// The attempt is followed no more. A job of which nothing was seen may not have begun: Slurm calls it running before
    /// its folder is there. It is looked at again with the next beat.
    mutating func leaves(_ attempt: Attempt) {
        followed.remove(attempt.id)
        guard outputs[attempt.id]?.isEmpty == true else { return }
        outputs[attempt.id] = nil
        resting[attempt.id] = attempt.task
    }

    /// - Returns: the tasks whose attempts have rested.
    mutating func beats() -> [String] {
        defer { resting = [:] }
        return Array(Set(resting.values))
    }
}
