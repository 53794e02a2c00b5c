/// The walk over all pairs in order that skips those which do not touch, found by a grid.
///
/// Why it gives the bits of the full walk. That one does something with a pair (i, j) only if the two touch when it
/// comes to them. This walk keeps a set of pairs with one invariant: **every pair still to come that touches now is in
/// it.** It takes them in the same order, i first, then j, and asks each again, as it is then, whether it collides. So
/// it meets every pair that collides, in the same order and in the same state, by induction over the collisions; pairs
/// that are in the set and touch no more do no harm.
///
/// - At the start of a walk the set has all pairs that touch (`Grid.forEachContact`).
/// - Only a collision moves particles, and only its own two. Which other pairs touch stays as it is. So after a
///   collision of (i, j) all pairs of i or of j that touch now and are still to come are added: those are (i, k) with
///   k > j, (j, k) with k > j, and (k, j) with i < k < j. The list being read takes (i, k) behind its present place.
/// - Who touches p now? The grid follows every move, so whoever does is in the cell of p or in one next to it.
struct GridWalk {
    private let grid: Grid
    private var contacts: Contacts
    /// Whether the world is larger than a cache.
    private let isLarge: Bool

    private static let large = 8192
    /// How many particles ahead its list, and then the first one in it, is asked for.
    private static let (far, near) = (32, 16)

    init(count: Int, width: Double, height: Double) {
        grid = Grid(count: count, width: width, height: height)
        contacts = Contacts(particles: count)
        isLarge = count > Self.large
    }

    /// What the contacts of this step have cost so far, in links made or passed.
    var effort: Int { contacts.effort }

    /// Finds what touches; false when that is more effort than `limit`, and then nothing has happened.
    mutating func prepare(_ particles: Particles, limit: Int) -> Bool {
        grid.fill(with: particles)
        contacts.removeAll()
        return grid.forEachContact { i, j in
            contacts.insert(i, j)
            return contacts.effort <= limit
        }
    }

    /// Lets every pair collide that does; returns how many did.
    mutating func collide(_ particles: Particles) -> Int {
        var collisions = 0
        for i in 0..<particles.count {
            if isLarge { prefetch(after: i, particles) }
            var link = contacts.first(of: i)
            while link != Contacts.none {
                let j = contacts.second(of: link)
                if particles[i].collides(with: particles[j]) {
                    collisions &+= 1
                    particles[i].collide(with: &particles[j])
                    addContacts(after: i, j, particles)
                }
                link = contacts.next(after: link)
            }
        }
        return collisions
    }

    /// The others are anywhere in memory: they are on their way while those before them collide.
    @inline(__always) private func prefetch(after i: Int, _ particles: Particles) {
        guard i &+ Self.far < particles.count else { return }
        contacts.prefetch(i &+ Self.far)
        let link = contacts.first(of: i &+ Self.near)
        guard link != Contacts.none else { return }
        let j = contacts.second(of: link)
        particles.prefetch(j)
        grid.prefetch(j)
    }

    private mutating func addContacts(after i: Int, _ j: Int, _ particles: Particles) {
        let (first, second) = (particles[i], particles[j])
        grid.move(i, to: first)
        grid.move(j, to: second)
        grid.forEach(touching: first) { k in
            if k > j { contacts.insert(i, k) }
        }
        grid.forEach(touching: second) { k in
            if k > i, k != j { contacts.insert(j, k) }
        }
    }
}
