/// Deadlines in the order in which they pass: a binary heap. A wait that ended early leaves its entry behind; the
/// loop finds no waiter for it and moves on.
struct TimerHeap {
    struct Entry {
        let deadline: Deadline
        let token: UInt64
    }

    private var entries: [Entry] = []

    var first: Entry? { entries.first }

    mutating func insert(_ entry: Entry) {
        entries.append(entry)
        var child = entries.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard entries[child].deadline < entries[parent].deadline else { return }
            entries.swapAt(child, parent)
            child = parent
        }
    }

    mutating func removeFirst() {
        entries.swapAt(0, entries.count - 1)
        entries.removeLast()
        var parent = 0
        while true {
            let children = [2 * parent + 1, 2 * parent + 2].filter { $0 < entries.count }
            guard let least = children.min(by: { entries[$0].deadline < entries[$1].deadline }),
                entries[least].deadline < entries[parent].deadline
            else { return }
            entries.swapAt(parent, least)
            parent = least
        }
    }
}
