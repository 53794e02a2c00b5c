import FleetBase

/// Tasks with `verify:`, whose copies must come to the same.
extension QueueState {
    /// Results that an earlier master did not come to compare.
    mutating func compareEarlier() -> [Int] {
        var refuted: [Int] = []
        for task in results.indices where !refuted.contains(task) && results[task].isDone {
            guard let difference = difference(task) else { continue }
            for copy in refute(task, difference) {
                placement.refute(copy)
                refuted.append(copy)
            }
        }
        return refuted
    }

    mutating func takeRefuted() -> [Int] {
        defer { refuted = [] }
        return refuted
    }

    /// How the results of a task and its copies differ, once all are there.
    func difference(_ task: Int) -> Failure? {
        let copies = ([task] + queue.tasks[task].copies).sorted()
        let outcomes = copies.compactMap { results[$0].outcome }.filter { $0.state == .done }
        guard copies.count > 1, outcomes.count == copies.count else { return nil }
        guard Set(outcomes.map(\.digest)).count > 1 else { return nil }
        let list = outcomes.map { "\($0.host): \($0.digest?.hex.prefix(12) ?? "–")" }.joined(separator: ", ")
        let folders = outcomes.compactMap(\.results).joined(separator: " ")
        return Failure(
            .mismatch, Message("the results differ: \(list)"), hint: Message("look at both: diff -r \(folders)"))
    }

    mutating func refute(_ task: Int, _ difference: Failure) -> [Int] {
        let copies = [task] + queue.tasks[task].copies
        for copy in copies {
            results[copy].wasDone = false
            results[copy].failure = difference
            results[copy].outcome?.failure = difference
            results[copy].outcome?.state = .failed
        }
        return copies
    }
}
