import FleetBase
import FleetConfig
import FleetHTTP
import FleetLedger
import FleetReport

/// What a page shows: the head of the document and everything around is the frame's.
///
/// Elements with `data-live` and an id are brought up to date one by one while somebody looks, and elements with `data-list`
/// keep their children in order: see ``PageChanges``.
struct Page: Sendable {
    var status = 200
    let title: String
    /// The place in the navigation; nil for none of them.
    var section: PageFrame.Section?
    let content: [Markup]
    /// Whether the server keeps it up to date; a page with a stream of its own has no second one.
    var hasStream = true
    /// Which hosts are looked at while somebody looks at the page.
    var hosts: [HostName] = []
    /// The run whose workers' lines are wanted as they come.
    var log: RunID?
    /// Whether what passes is wanted, too: how a queue stands.
    var wantsQueue = false
    /// How often it is another one by the mere passing of time; nil when it is not.
    var refreshes: Duration?
}

/// A page that is asked for, by a browser or by its own stream.
struct PageRequest: Sendable {
    let target: HTTPTarget
    let parameters: [String: String]
    let words: PageWords
    var caller = Gate.Caller.nobody

    func parameter(_ name: String) -> String { parameters[name] ?? "" }

    /// A value of the address; nil for none, and for an empty one.
    func query(_ name: String) -> String? { target.query(name).flatMap { $0.isEmpty ? nil : $0 } }

    /// The number of a part of a long list, from 1.
    var part: Int { query("page").flatMap { Int($0) }.map { max(1, min($0, 1_000_000)) } ?? 1 }

    /// The page's own address.
    var place: String { target.place }
}

extension HTTPTarget {
    /// As an address of this server.
    var place: String {
        "/" + path.map { AddressWord.escape($0) }.joined(separator: "/")
            + AddressWord.query(query.map { ($0.name, $0.value) })
    }
}

/// Something that is shown by this address.
struct PageRoute: Sendable {
    let path: String
    let make: @Sendable (PageRequest) async throws -> Page

    init(_ path: String, _ make: @escaping @Sendable (PageRequest) async throws -> Page) {
        (self.path, self.make) = (path, make)
    }
}

/// A part of a long list, and the ways to the others.
struct ListPart<Item> {
    let items: ArraySlice<Item>
    let number: Int
    let count: Int
    let total: Int

    init(_ all: [Item], number: Int, size: Int) {
        (count, total) = (max(1, (all.count + size - 1) / size), all.count)
        self.number = min(number, count)
        items = all.dropFirst((self.number - 1) * size).prefix(size)
    }

    /// - Parameter query: the other words of the address.
    func navigation(_ path: String, _ query: [(String, String?)], _ words: PageWords) -> [Markup] {
        guard count > 1 else { return [] }
        let way = { (number: Int, text: String, rel: String) in
            Markup(
                "a",
                ["href": path + AddressWord.query(query + [("page", "\(number)")]), "rel": rel, "class": "button"],
                text)
        }
        var parts: [Markup] = []
        if number > 1 { parts.append(way(number - 1, words(Message("before")), "prev")) }
        parts.append(Markup("span", ["class": "faint"], words(Message("page \(number) of \(count)"))))
        if number < count { parts.append(way(number + 1, words(Message("next")), "next")) }
        return [Markup("nav", ["class": "parts", "aria-label": words(Message("pages of the list"))], parts)]
    }
}
