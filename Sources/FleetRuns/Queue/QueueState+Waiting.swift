import FleetBase

/// What waits, and what will never be.
extension QueueState {
    /// Gives up what no host will run: at once when none is left to come, else after a time in which nothing went on.
    mutating func giveUpIfHopeless() {
        let isIdle = !isBusy && !placement.hasPauses && !placement.isFinished
        guard isIdle else {
            idleSince = nil
            return
        }
        let since = idleSince ?? now
        idleSince = since
        let mayCome = placement.hosts.contains { $0.mayCome }
        guard !mayCome || now - since > queue.options.waiting else { return }
        let isConnecting = placement.hosts.contains { $0.state == .connecting }
        guard mayCome || !isConnecting else { return }
        for task in placement.giveUp() { results[task].failure = results[task].failure ?? whyNot(task) }
    }

    /// Says of what was never tried why.
    mutating func explain() {
        for task in results.indices where !results[task].isDone && results[task].failure == nil {
            results[task].failure = Task.isCancelled ? Failure(.cancelled, Message("cancelled")) : whyNot(task)
        }
    }

    private func whyNot(_ task: Int) -> Failure {
        if placement.tasks[task].state == .skipped {
            return Failure(.cancelled, Message("a task that must be done first has failed"))
        }
        let group = queue.tasks[task].group
        if !queue.tasks[task].copies.isEmpty, placement.hosts.contains(where: { $0.isReady && $0.fits[group] }) {
            return Failure(
                .noMethod, Message("too few hosts can run it: each copy needs a host of its own"),
                hint: Message("name more hosts, or a smaller number for verify"))
        }
        let reasons = queue.hosts.indices.prefix(5).map { host in
            Message("\(queue.hosts[host].name): \(objections.reason(of: host, against: group))")
        }
        let list = reasons.dropFirst().reduce(reasons.first ?? Message(verbatim: "–")) { Message("\($0); \($1)") }
        return Failure(.noMethod, Message("no host can run it: \(list)"))
    }

    /// How long to sleep, unless somebody does so already.
    mutating func newTimer() -> Duration? {
        let now = now
        var times = [placement.wakeup(after: now), tellsNext].compactMap(\.self)
        if let idleSince { times.append(idleSince + queue.options.waiting + .milliseconds(10)) }
        guard let next = times.min() else { return nil }
        return timers.sleep(until: next, from: now)
    }
}
