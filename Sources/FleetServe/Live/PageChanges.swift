import FleetBase
import FleetReport

/// A page's content as its live parts: what has an id and `data-live`, as a whole, and the order in which lists have their
/// children.
struct PageContent: Sendable, Hashable {
    private(set) var parts: [String: Markup] = [:]
    private(set) var lists: [String: [String]] = [:]
    private var order: [String] = []

    init(_ page: Page) {
        for markup in page.content { take(markup) }
    }

    private mutating func take(_ markup: Markup) {
        if let id = markup["id"], markup["data-live"] != nil {
            if parts.updateValue(markup, forKey: id) == nil { order.append(id) }
            return
        }
        if let id = markup["id"], markup["data-list"] != nil { lists[id] = markup.children.compactMap { $0["id"] } }
        for child in markup.children { take(child) }
    }

    /// Tells this content from another one.
    var hash: String {
        let texts = order.compactMap { parts[$0]?.text }
        let orders = lists.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.joined(separator: ","))" }
        return ContentHash.short((texts + orders).joined(separator: "\n").utf8)
    }

    /// What a browser that shows the earlier content has to change; all of it when there is none.
    func changes(since earlier: PageContent?) -> PageChanges {
        let changed = order.filter { earlier?.parts[$0] != parts[$0] }.compactMap { parts[$0] }
        var orders = lists.filter { earlier?.lists[$0.key] != $0.value }
        // A list that is not there any more has nothing in it.
        for (id, children) in earlier?.lists ?? [:] where lists[id] == nil && !children.isEmpty { orders[id] = [] }
        return PageChanges(parts: changed, lists: orders)
    }
}

/// What of a page is another one now.
struct PageChanges: Sendable {
    let parts: [Markup]
    /// The ids of the children of lists, in their order.
    let lists: [String: [String]]

    var isEmpty: Bool { parts.isEmpty && lists.isEmpty }

    /// - Parameter hash: of the whole content, see ``PageContent/hash``.
    func json(hash: String) -> String {
        let value: JSONValue = [
            "hash": .string(hash), "parts": .array(parts.map(\.json)),
            "lists": .object(lists.mapValues { .array($0.map { .string($0) }) }),
        ]
        return HostText.escape(json: (try? JSONText.encode(value)) ?? "{}")
    }

    /// By the name of the event that tells them: figures of hosts by one of their own.
    var byName: [(name: String, changes: PageChanges)] {
        let isHost = { (part: Markup) in part["id"]?.hasPrefix("host-") == true }
        return [
            ("hosts", PageChanges(parts: parts.filter(isHost), lists: [:])),
            ("page", PageChanges(parts: parts.filter { !isHost($0) }, lists: lists)),
        ].filter { !$0.1.isEmpty }
    }
}
