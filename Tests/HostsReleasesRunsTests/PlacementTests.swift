import Testing
@testable import FleetRuns

/// Placement against hosts that exist as numbers alone: what it decides, and how long everything takes.
@Suite struct PlacementTests {
    /// Numbers that are the same in every run (xorshift64).
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64 = 88_172_645_463_325_252
        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }

    /// A host: how many slots, how much longer everything takes, and when it is there.
    private struct Machine {
        var slots = 1
        var slowness = 1.0
        var comes = 0.0
    }

    /// Plays a placement through.
    private struct Simulation {
        var placement: Placement
        let machines: [Machine]
        /// How long each task takes on a host of slowness 1.
        let lengths: [Double]
        /// What comes of an attempt; done unless it says otherwise.
        var verdict: (_ task: Int, _ host: Int, _ attempt: Int) -> AttemptVerdict = { _, _, _ in .done }
        private(set) var now = 0.0
        private(set) var starts: [(task: Int, host: Int, at: Double)] = []
        private(set) var results: [Int: Int] = [:]
        private var ends: [(at: Double, attempt: Int, task: Int, host: Int)] = []
        private var arrivals: [(at: Double, host: Int)] = []

        init(_ tasks: [QueueTask], _ machines: [Machine], _ lengths: [Double], groups: Int = 1, duplicates: Bool = true)
        {
            placement = Placement(
                tasks, groups: groups, hosts: machines.count, duplicates: duplicates, random: Numbers())
            (self.machines, self.lengths) = (machines, lengths)
            arrivals = machines.enumerated().map { ($1.comes, $0) }
        }

        mutating func play(limit: Int = 1_000_000) {
            for _ in 0..<limit {
                for step in placement.next(at: .seconds(now)) { take(step) }
                if placement.isFinished { return }
                let next = [
                    ends.map(\.at).min(), arrivals.map(\.at).min(),
                    placement.wakeup(after: .seconds(now))?.seconds,
                ].compactMap(\.self).min()
                guard let next else { return }
                // A little later, since a time loses what is below a microsecond on its way.
                now = max(now, next + 2e-6)
                for arrival in arrivals where arrival.at <= now { connect(arrival.host) }
                arrivals.removeAll { $0.at <= now }
                for end in ends.filter({ $0.at <= now }).sorted(by: { $0.at < $1.at }) { finish(end) }
            }
        }

        private mutating func connect(_ host: Int) {
            placement.connected(
                host, slots: machines[host].slots, memory: .max,
                fits: Array(repeating: true, count: (placement.tasks.map(\.definition.group).max() ?? 0) + 1))
        }

        private mutating func take(_ step: PlacementStep) {
            switch step {
            case .connect(let host): arrivals.append((now + 0.01, host))
            case .start(let attempt, let task, let host):
                starts.append((task, host, now))
                ends.append((now + lengths[task] * machines[host].slowness, attempt, task, host))
            case .stop(let attempt):
                ends.removeAll { $0.attempt == attempt }
                _ = placement.ended(attempt, .dropped, at: .seconds(now))
            }
        }

        private mutating func finish(_ end: (at: Double, attempt: Int, task: Int, host: Int)) {
            // A loser may have been stopped in this very moment.
            guard ends.contains(where: { $0.attempt == end.attempt }) else { return }
            ends.removeAll { $0.attempt == end.attempt }
            let verdict = verdict(end.task, end.host, end.attempt)
            if verdict == .done { results[end.task, default: 0] += 1 }
            for step in placement.ended(end.attempt, verdict, at: .seconds(now)) { take(step) }
        }
    }

    private func tasks(_ count: Int, retries: Int = 0) -> [QueueTask] {
        (0..<count).map { _ in
            var task = QueueTask(group: 0)
            task.retries = retries
            return task
        }
    }

    @Test func doesEveryTaskOnce() {
        var simulation = Simulation(
            tasks(100), [Machine(slots: 2), Machine(slots: 3)], Array(repeating: 1, count: 100))
        simulation.play()
        #expect(simulation.placement.isFinished && simulation.results.count == 100)
        #expect(simulation.results.values.allSatisfy { $0 == 1 })
        #expect(simulation.now < 20.001)
    }

    @Test func keepsTheOrderOfTheFileWhenNobodyKnowsBetter() {
        var simulation = Simulation(tasks(6), [Machine()], Array(repeating: 1, count: 6), duplicates: false)
        simulation.play()
        #expect(simulation.starts.map(\.task) == [0, 1, 2, 3, 4, 5])
    }

    @Test func startsWhatTakesLongestFirst() {
        var definitions = tasks(4)
        for (index, seconds) in [1, 8, 3, 5].enumerated() { definitions[index].expected = .seconds(seconds) }
        var simulation = Simulation(definitions, [Machine()], [1, 8, 3, 5], duplicates: false)
        simulation.play()
        #expect(simulation.starts.map(\.task) == [1, 3, 2, 0])
    }

    @Test func waitsForWhatMustBeDoneFirst() {
        var definitions = tasks(3)
        definitions[0].after = [2]
        definitions[2].after = [1]
        var simulation = Simulation(definitions, [Machine(slots: 3)], [1, 1, 1])
        simulation.play()
        #expect(simulation.starts.map(\.task) == [1, 2, 0] && simulation.now < 3.001)
    }

    @Test func skipsWhatNeedsAFailure() {
        var definitions = tasks(3)
        definitions[1].after = [0]
        definitions[2].after = [1]
        var simulation = Simulation(definitions, [Machine()], [1, 1, 1])
        simulation.verdict = { _, _, _ in .failed }
        simulation.play()
        #expect(simulation.placement.tasks.map(\.state) == [.failed, .skipped, .skipped])
    }

    @Test func repeatsAFailureElsewhere() {
        var simulation = Simulation(tasks(1, retries: 2), [Machine(), Machine(), Machine()], [1])
        simulation.verdict = { _, host, attempt in attempt < 2 ? .failed : .done }
        simulation.play()
        #expect(simulation.placement.tasks[0].state == .done)
        #expect(Set(simulation.starts.map(\.host)) == [0, 1, 2])
        // A pause of 0.25 to 0.75 s, then one of 0.5 to 1.5 s.
        #expect(simulation.now > 3.75 && simulation.now < 5.25)
    }

    @Test func givesUpAfterItsRetries() {
        var simulation = Simulation(tasks(1, retries: 3), [Machine()], [1])
        simulation.verdict = { _, _, _ in .failed }
        simulation.play()
        #expect(simulation.placement.tasks[0].state == .failed && simulation.starts.count == 4)
    }

    @Test func setsAFailingHostAsideAndTakesItBack() {
        var simulation = Simulation(tasks(40), [Machine(), Machine()], Array(repeating: 1, count: 40))
        var broken = 0
        simulation.verdict = { _, host, _ in
            guard host == 0, broken < 3 else { return .done }
            broken += 1
            return .hostFailed
        }
        simulation.play()
        #expect(simulation.placement.isFinished && simulation.results.count == 40)
        #expect(simulation.starts.contains { $0.host == 0 && $0.at > 5 })
    }

    /// Nobody but a person makes room there.
    @Test func givesUpAHostWhoseDiskStaysFull() {
        var simulation = Simulation(tasks(9), [Machine(), Machine(slots: 2)], Array(repeating: 1, count: 9))
        simulation.verdict = { _, host, _ in host == 1 ? .hostUnfit : .done }
        simulation.play()
        #expect(simulation.results.count == 9 && simulation.placement.hosts[1].state == .useless)
        #expect(simulation.starts.count { $0.host == 1 } <= 4, "\(simulation.starts)")
    }

    @Test func takesAHostThatComesLater() {
        let machines = [Machine(), Machine(comes: 5)]
        var simulation = Simulation(tasks(20), machines, Array(repeating: 1, count: 20))
        simulation.play()
        #expect(simulation.now < 13.001)
    }

    /// Seven hosts and one that is four times slower: 232 tasks of 1 s are 32.0 s of work for 7.25 hosts.
    @Test func endsNearTheBestScheduleWithASlowHost() {
        let machines = Array(repeating: Machine(), count: 7) + [Machine(slowness: 4)]
        var simulation = Simulation(tasks(232), machines, Array(repeating: 1, count: 232))
        simulation.play()
        #expect(simulation.results.count == 232 && simulation.now <= 32 * 1.15, "\(simulation.now)")
    }

    @Test(arguments: [1, 2, 3, 4, 5]) func endsNearTheBestScheduleWithRandomLengths(seed: UInt64) {
        var numbers = Numbers(state: seed &* 0x9E37_79B9_7F4A_7C15)
        let lengths = (0..<200).map { _ in Double.random(in: 0.5...3, using: &numbers) }
        let machines = Array(repeating: Machine(slots: 2), count: 7) + [Machine(slots: 2, slowness: 4)]
        var simulation = Simulation(tasks(200), machines, lengths)
        simulation.play()
        let best = lengths.reduce(0, +) / 14.5
        #expect(simulation.results.count == 200 && simulation.now <= best * 1.15, "\(simulation.now) \(best)")
    }

    @Test func tenThousandTasksAreNoStrain() {
        let machines = Array(repeating: Machine(slots: 4), count: 64)
        var simulation = Simulation(tasks(10_000), machines, Array(repeating: 1, count: 10_000))
        simulation.play()
        #expect(simulation.results.count == 10_000 && simulation.now < 40.001)
    }

    @Test func leavesTheMemoryThatATaskNeeds() {
        var definitions = tasks(4)
        for index in definitions.indices { definitions[index].memory = 3 << 30 }
        var placement = Placement(definitions, groups: 1, hosts: 1)
        placement.connected(0, slots: 8, memory: 8 << 30, fits: [true])
        #expect(placement.next(at: .zero).count == 2)
    }

    @Test func tellsWhyATaskWaits() {
        var definitions = tasks(3)
        definitions[1].after = [0]
        var placement = Placement(definitions, groups: 1, hosts: 2)
        #expect(placement.reason(for: 0) == .host && placement.reason(for: 1) == .tasks(missing: 1))
        placement.connected(0, slots: 1, memory: 0, fits: [true])
        _ = placement.next(at: .zero)
        #expect(placement.reason(for: 0) == nil && placement.reason(for: 2) == .slot)
    }
}
