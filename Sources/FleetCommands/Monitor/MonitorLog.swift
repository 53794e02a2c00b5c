import FleetBase
import FleetService

/// The lines of a run that is followed: the newest ones, and where a person looks.
struct MonitorLog: Sendable {
    /// So many are kept.
    static let most = 5000

    private(set) var all: [RunFollower.Line] = []
    /// The first line that is shown; nil follows the end.
    private(set) var top: Int?
    /// How many lines went to make room.
    private(set) var dropped = 0
    /// Why there are none.
    var problem: Message?

    mutating func add(_ lines: [RunFollower.Line]) {
        all += lines
        guard all.count > 2 * Self.most else { return }
        let count = all.count - Self.most
        all.removeFirst(count)
        dropped += count
        // What a person reads stays where it is as long as it is there.
        top = top.map { max(0, $0 - count) }
    }

    func lines(with words: String) -> [RunFollower.Line] {
        guard !words.isEmpty else { return all }
        let words = words.lowercased()
        return all.filter { $0.text.lowercased().contains(words) || $0.host.text.lowercased().contains(words) }
    }

    /// The first line to show of so many.
    func start(page: Int, among count: Int) -> Int { min(top ?? .max, max(0, count - page)) }

    /// - Parameter step: in lines; the end is followed again once it is reached.
    mutating func scroll(by step: Int, page: Int, among count: Int) {
        let end = max(0, count - page)
        let place = min(end, max(0, start(page: page, among: count) + step))
        top = place == end ? nil : place
    }
}
