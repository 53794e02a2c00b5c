import CLibrary

/// Which of some ways to the same result is the fastest, found by timing a few steps of each now and then.
struct Trial {
    /// Steps of each way that are timed, and of all together.
    private let timed: Int
    private let trials: Int
    private var fastest = 0
    /// This step's number in its round, from 1. A round tries each way in turn and goes on with the fastest.
    private var step = 0
    /// Of a round.
    private var steps = shortest
    private var start: UInt64 = 0
    /// Cycles of this way, and of the best one, in this round.
    private var time: UInt64 = 0
    private var best: (way: Int, time: UInt64) = (0, .max)

    private static let (shortest, longest) = (64, 4096)

    init(ways: Int, timed: Int) {
        self.timed = timed
        trials = ways * timed
    }

    /// The way to be taken in this step.
    @inline(__always) mutating func begin() -> Int {
        step &+= 1
        guard step <= trials else { return fastest }
        start = cycles()
        return (step - 1) / timed
    }

    @inline(__always) mutating func end() {
        if step <= trials { count(cycles() &- start) }
        if step == steps { step = 0 }
    }

    @inline(never) private mutating func count(_ cycles: UInt64) {
        time &+= cycles
        guard step % timed == 0 else { return }
        if time < best.time { best = ((step - 1) / timed, time) }
        time = 0
        if step == trials { decide() }
    }

    /// Who wins again is doubted less often. A wrong winner, if something else ran meanwhile, is soon found out.
    private mutating func decide() {
        steps = best.way == fastest ? min(2 * steps, Self.longest) : Self.shortest
        fastest = best.way
        best.time = .max
    }
}
