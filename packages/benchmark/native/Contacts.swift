import CLibrary

/// Pairs i < j that touch: for each i a linked list of its j, ascending, each once.
struct Contacts {
    static let none: Int32 = -1

    private let heads: UnsafeMutablePointer<Int32>
    private let particles: Int
    private var links: UnsafeMutablePointer<Link>
    private var capacity: Int
    private var count = 0
    /// What adding contacts has cost so far, in links made or passed.
    private(set) var effort = 0

    private struct Link {
        let second: Int32
        var next: Int32
    }

    init(particles: Int) {
        self.particles = particles
        heads = .allocate(capacity: particles)
        capacity = particles
        links = .allocate(capacity: capacity)
    }

    mutating func removeAll() {
        heads.update(repeating: Self.none, count: particles)
        count = 0
        effort = 0
    }

    /// The list of a particle; ``none`` at its end.
    @inline(__always) func first(of i: Int) -> Int32 { heads[i] }
    @inline(__always) func next(after link: Int32) -> Int32 { links[Int(link)].next }
    @inline(__always) func second(of link: Int32) -> Int { Int(links[Int(link)].second) }

    /// Says that the list of a particle is wanted soon.
    @inline(__always) func prefetch(_ i: Int) { CLibrary.prefetch(links + max(Int(heads[i]), 0)) }

    /// Adds the pair of two particles unless it is there.
    mutating func insert(_ i: Int, _ j: Int) {
        let (first, second) = (min(i, j), Int32(max(i, j)))
        var previous = Self.none
        var link = heads[first]
        while link != Self.none, links[Int(link)].second < second {
            previous = link
            link = links[Int(link)].next
            effort &+= 1
        }
        effort &+= 1
        if link != Self.none, links[Int(link)].second == second { return }
        if count == capacity { grow() }
        links[count] = Link(second: second, next: link)
        if previous == Self.none {
            heads[first] = Int32(count)
        } else {
            links[Int(previous)].next = Int32(count)
        }
        count &+= 1
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Link>.allocate(capacity: 2 * capacity)
        larger.moveInitialize(from: links, count: count)
        links.deallocate()
        (links, capacity) = (larger, 2 * capacity)
    }
}
