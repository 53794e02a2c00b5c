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
    /// Attempts that are not followed again for some beats.
    private var resting: [String: Rest] = [:]
    /// How long attempts rested the last time, in beats.
    private var rests: [String: Int] = [:]

    private struct Rest {
        let task: String
        var beats: Int
    }

    private static let longestRest = 32

    var isFollowing: Bool { !followed.isEmpty }

    /// - Parameter isOver: nothing more is waited for.
    mutating func step(for attempt: Attempt, isOver: Bool) -> Step {
        if attempt.state.isFinal {
            // What is on its way would be shown twice.
            guard isOver || !followed.contains(attempt.id) else { return .nothing }
            return finished.insert(attempt.id).inserted ? .finish(outputs[attempt.id]) : .nothing
        }
        let isLeft = !followed.contains(attempt.id) && resting[attempt.id] == nil
        return attempt.state == .running && isLeft ? .follow : .nothing
    }

    /// The attempt is followed from now on, and where it was left.
    mutating func begins(_ attempt: Attempt) -> ShownOutput {
        let output = outputs[attempt.id] ?? ShownOutput()
        outputs[attempt.id] = output
        followed.insert(attempt.id)
        return output
    }

    /// The attempt is followed no more: its connection broke, or it has ended and its results are on their way. It is
    /// looked at again after twice as many beats each time. A job of which nothing was seen may not have begun: Slurm
    /// calls it running before its folder is there. It is looked at again with the next beat.
    mutating func leaves(_ attempt: Attempt) {
        followed.remove(attempt.id)
        let hasBegun = outputs[attempt.id]?.isEmpty == false
        let beats = hasBegun ? min(2 * (rests[attempt.id] ?? 1), Self.longestRest) : 1
        rests[attempt.id] = beats
        resting[attempt.id] = Rest(task: attempt.task, beats: beats)
    }

    /// - Returns: the tasks whose attempts have rested.
    mutating func beats() -> [String] {
        for id in resting.keys { resting[id]?.beats -= 1 }
        let rested = resting.filter { $0.value.beats <= 0 }
        for id in rested.keys { resting[id] = nil }
        return Array(Set(rested.values.map(\.task)))
    }
}
