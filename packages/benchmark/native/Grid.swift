/// The particles by cell: a doubly linked list for each cell, kept in arrays of indices.
///
/// Cells are a little larger than a diameter, so two particles that touch are always in the same cell or in
/// neighbours, whatever rounding does to the products below. A position outside the box belongs to the cell at the
/// border; that keeps the order of positions, so the argument holds there too.
struct Grid {
    private static let none: Int32 = -1

    private let columns: Int
    private let rows: Int
    private let columnsPerUnit: Double
    private let rowsPerUnit: Double
    private let heads: UnsafeMutableBufferPointer<Int32>
    private let links: UnsafeMutableBufferPointer<Link>

    private struct Link {
        var previous: Int32
        var next: Int32
        var cell: Int32
    }

    init(count: Int, width: Double, height: Double) {
        let smallest = Box.diameter * 1.05
        // Four cells a particle at most: clearing and reading empty cells costs time too. Measured best among 1, 2, 4.
        let most = 4 * count
        rows = Int(max(1, min(height / smallest, Double(most).squareRoot())))
        columns = Int(max(1, min(width / smallest, Double(most / rows))))
        columnsPerUnit = Double(columns) / width
        rowsPerUnit = Double(rows) / height
        heads = .allocate(capacity: columns * rows)
        links = .allocate(capacity: count)
    }

    /// Puts every particle into its cell. Going backwards leaves each list in ascending order, friendly to the cache.
    func fill(with particles: UnsafeMutableBufferPointer<Particle>) {
        heads.update(repeating: Self.none)
        for i in particles.indices.reversed() { insert(i, into: cell(of: particles[i])) }
    }

    /// Moves a particle to the cell of its position.
    func update(_ i: Int, _ particle: Particle) {
        let cell = cell(of: particle)
        guard links[i].cell != cell else { return }
        remove(i)
        insert(i, into: cell)
    }

    /// The first particle after `last`, by index, that collides with particle `i`.
    func firstCollision(of i: Int, after last: Int, in particles: UnsafeMutableBufferPointer<Particle>) -> Int? {
        let particle = particles[i]
        let (row, column) = Int(links[i].cell).quotientAndRemainder(dividingBy: columns)
        var first = Int.max
        for row in max(row - 1, 0)...min(row + 1, rows - 1) {
            for column in max(column - 1, 0)...min(column + 1, columns - 1) {
                var j = heads[row * columns + column]
                while j != Self.none {
                    let index = Int(j)
                    if index > last, index < first, particle.collides(with: particles[index]) { first = index }
                    j = links[index].next
                }
            }
        }
        return first == Int.max ? nil : first
    }

    private func cell(of particle: Particle) -> Int32 {
        let column = min(max(particle.x * columnsPerUnit, 0), Double(columns - 1))
        let row = min(max(particle.y * rowsPerUnit, 0), Double(rows - 1))
        return Int32(Int(row) * columns + Int(column))
    }

    private func insert(_ i: Int, into cell: Int32) {
        let head = heads[Int(cell)]
        links[i] = Link(previous: Self.none, next: head, cell: cell)
        if head != Self.none { links[Int(head)].previous = Int32(i) }
        heads[Int(cell)] = Int32(i)
    }

    private func remove(_ i: Int) {
        let link = links[i]
        if link.next != Self.none { links[Int(link.next)].previous = link.previous }
        if link.previous != Self.none {
            links[Int(link.previous)].next = link.next
        } else {
            heads[Int(link.cell)] = link.next
        }
    }
}
