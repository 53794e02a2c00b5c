/// The events that came last, as many as fit into so many bytes. Each has a place, which grows by one; nil stands where
/// some were left out.
struct EventRing {
    private let capacity: Int
    private var events: [Event?] = []
    /// Those before it in `events` have been dropped.
    private var head = 0
    private var size = 0
    /// The place of the oldest event that is here.
    private(set) var first = 0

    init(capacity: Int) { self.capacity = capacity }

    /// The place that the next event will have.
    var end: Int { first + events.count - head }

    mutating func append(_ event: Event?) {
        events.append(event)
        size += event?.size ?? 0
        while size > capacity, head < events.count - 1 {
            size -= events[head]?.size ?? 0
            head += 1
            first += 1
        }
        // What was dropped goes when it is more than what stays, so that an event is moved once on the average.
        guard head > 64, head * 2 > events.count else { return }
        events.removeFirst(head)
        head = 0
    }

    /// - Parameter place: not before `first`.
    func events(from place: Int, atMost count: Int) -> ArraySlice<Event?> {
        let start = head + place - first
        return events[start..<(start + min(count, events.count - start))]
    }
}
