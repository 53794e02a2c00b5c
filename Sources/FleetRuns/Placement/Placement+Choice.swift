import FleetBase

/// Which task a host gets.
extension Placement {
    /// The task that should come first of those that the host can take now, which waits no longer.
    mutating func takeTask(for host: Int) -> Int? {
        guard hosts[host].hasSlot else { return nil }
        var best: (group: Int, index: Int)?
        for group in ready.indices where hosts[host].fits[group] {
            // Its tasks need all the same: there is room for each of them or for none.
            guard let last = ready[group].last, hosts[host].hasRoom(for: tasks[last].definition) else { continue }
            guard let index = ready[group].lastIndex(where: { isWelcome($0, on: host) }) else { continue }
            if let other = best, !comesBefore(ready[group][index], ready[other.group][other.index]) { continue }
            best = (group, index)
        }
        return best.map { ready[$0.group].remove(at: $0.index) }
    }

    /// The running task whose end a second attempt here would bring forward the most.
    func straggler(for host: Int, at now: Duration) -> Int? {
        guard hosts[host].hasSlot, ready.allSatisfy(\.isEmpty) else { return nil }
        var best: (task: Int, gain: Double)?
        for (_, attempt) in attempts where !attempt.isStopped && attempt.host != host {
            guard let gain = gain(of: attempt, by: host, at: now), gain > best?.gain ?? 0 else { continue }
            best = (attempt.task, gain)
        }
        return best?.task
    }

    /// How many seconds earlier the attempt's task would end; nil where it is not worth it, or can't be.
    private func gain(of attempt: PlacementAttempt, by host: Int, at now: Duration) -> Double? {
        let task = attempt.task
        guard tasks[task].running.count == 1, hosts[host].hasRoom(for: tasks[task].definition),
            !tasks[task].failedOn.contains(host), !isTaken(host, for: task), let usual = expected(task)
        else { return nil }
        let elapsed = (now - attempt.started).seconds
        let left = usual * hosts[attempt.host].slowness - elapsed
        // Who is late already may be late for as long again.
        let remaining = left > 0 ? left : elapsed
        let gain = remaining - usual * hosts[host].slowness - 0.5
        return gain > 0.1 * remaining ? gain : nil
    }

    /// Whether a copy of the task has had this host, or has it.
    private func isTaken(_ host: Int, for task: Int) -> Bool {
        tasks[task].definition.copies.contains { copy in
            tasks[copy].doneOn == host || tasks[copy].running.contains { attempts[$0]?.host == host }
        }
    }

    /// A host on which a task has failed gets it again only when no other is left.
    private func isWelcome(_ task: Int, on host: Int) -> Bool {
        guard !isTaken(host, for: task) else { return false }
        guard tasks[task].failedOn.contains(host) else { return true }
        let group = tasks[task].definition.group
        return !hosts.indices.contains { other in
            hosts[other].isReady && hosts[other].fits[group] && !tasks[task].failedOn.contains(other)
                && !isTaken(other, for: task)
        }
    }

    // MARK: Expectation

    /// Seconds on a host of slowness 1.
    func expected(_ task: Int) -> Double? {
        tasks[task].definition.expected?.seconds ?? durations[tasks[task].definition.group].value
    }

    /// Longest first; what nobody knows comes before, in the order of the file.
    func comesBefore(_ one: Int, _ other: Int) -> Bool {
        let (first, second) = (expected(one) ?? .infinity, expected(other) ?? .infinity)
        return first == second ? one < other : first > second
    }
}
