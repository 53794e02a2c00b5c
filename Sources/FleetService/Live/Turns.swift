/// Lets no more than so many work at once, in the order in which they came.
actor Turns {
    private var free: Int
    private var waiting: [(id: Int, turn: CheckedContinuation<Bool, Never>)] = []
    private var last = 0

    init(_ width: Int) { free = width }

    /// - Returns: false when the task was cancelled before its turn came; there is nothing to give back then.
    func take() async -> Bool {
        guard free == 0 else {
            free -= 1
            return true
        }
        last += 1
        let id = last
        return await withTaskCancellationHandler {
            await withCheckedContinuation { turn in
                if Task.isCancelled { turn.resume(returning: false) } else { waiting.append((id, turn)) }
            }
        } onCancel: {
            Task { await self.leave(id) }
        }
    }

    private func leave(_ id: Int) {
        guard let index = waiting.firstIndex(where: { $0.id == id }) else { return }
        waiting.remove(at: index).turn.resume(returning: false)
    }

    func giveBack() {
        guard waiting.isEmpty else { return waiting.removeFirst().turn.resume(returning: true) }
        free += 1
    }
}
