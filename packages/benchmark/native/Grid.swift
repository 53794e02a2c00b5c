import CLibrary

/// The particles by cell, as a step's walk over the pairs has them.
///
/// They are sorted by cell before the walk, rows of cells one after the other, so that those of neighbouring cells of a
/// row lie side by side. A particle keeps its place when it is moved; outside its cell it is a stray of the new one.
///
/// Cells are at least a little larger than a diameter, so two particles that touch are always in the same cell or in
/// neighbours, whatever rounding does to the products below. A position outside the box belongs to the cell at the
/// border; that keeps the order of positions, so the argument holds there too.
struct Grid {
    private let columns: Int
    private let rows: Int
    private let columnsPerUnit: Double
    private let rowsPerUnit: Double
    /// And one row more, which begins behind the last particle, for those who look at the row after the last.
    private let cells: UnsafeMutablePointer<Cell>
    private let whereabouts: UnsafeMutablePointer<Whereabouts>
    /// By place, with their cell and their index.
    private let x: Column
    private let y: Column
    private let homes: UnsafeMutablePointer<Int32>
    private let indices: UnsafeMutablePointer<Int32>
    private let count: Int
    private let strays: Strays

    /// What belongs together lies together: in a large world every access costs a line of the cache.
    struct Cell {
        /// The place of its first particle.
        var start: Int32
        /// The first of its strays.
        var stray: Int32
    }

    private struct Whereabouts {
        var place: Int32
        /// The cell it was sorted into, and the one it is in.
        var home: Int32
        var cell: Int32
    }

    init(count: Int, width: Double, height: Double) {
        let smallest = Box.diameter * 1.05
        // Twice as wide as high: a row's are read four particles at once. Four cells a particle at most, since clearing
        // and reading empty cells costs time too.
        let most = 4 * count
        rows = Int(max(1, min(height / smallest, Double(most).squareRoot())))
        columns = Int(max(1, min(width / (2 * smallest), Double(most / rows))))
        columnsPerUnit = Double(columns) / width
        rowsPerUnit = Double(rows) / height
        self.count = count
        cells = .allocate(capacity: columns * rows + columns + 3)
        whereabouts = .allocate(capacity: count)
        (x, y) = (Column(count), Column(count))
        homes = .allocate(capacity: count)
        indices = .allocate(capacity: count)
        strays = Strays(count: count, cells: cells)
    }

    /// Sorts all particles by counting.
    func fill(with particles: Particles) {
        let total = columns &* rows
        cells.update(repeating: Cell(start: 0, stray: Strays.none), count: total)
        for i in 0..<count {
            let cell = row(particles.y[i]) &* columns &+ column(particles.x[i])
            whereabouts[i].home = Int32(truncatingIfNeeded: cell)
            cells[cell].start &+= 1
        }
        var sum: Int32 = 0
        for cell in 0..<total {
            sum &+= cells[cell].start
            cells[cell].start = sum
        }
        (cells + total).update(repeating: Cell(start: sum, stray: Strays.none), count: columns &+ 3)
        var i = count
        while i > 0 {
            i &-= 1
            let home = whereabouts[i].home
            cells[Int(home)].start &-= 1
            let place = cells[Int(home)].start
            (x[Int(place)], y[Int(place)]) = (particles.x[i], particles.y[i])
            homes[Int(place)] = home
            indices[Int(place)] = Int32(truncatingIfNeeded: i)
            whereabouts[i] = Whereabouts(place: place, home: home, cell: home)
        }
    }

    /// Calls `body` with every two particles that touch, some of them twice, until it says false; whether it never did.
    ///
    /// Each looks at those behind it in its own cell and the next, and at three cells of the next row. At the end of a
    /// row these are cells of the rows after it, and a block ends beyond its cells: more to look at, nothing missed.
    @inline(__always) func forEachContact(_ body: (_ i: Int, _ j: Int) -> Bool) -> Bool {
        for place in 0..<count {
            let cell = Int(homes[place])
            let below = cell &+ columns &- 1
            guard contacts(of: place, in: place &+ 1, Int(cells[cell &+ 2].start), body),
                contacts(of: place, in: max(place &+ 1, Int(cells[below].start)), Int(cells[below &+ 3].start), body)
            else { return false }
        }
        return true
    }

    @inline(__always) private func contacts(of place: Int, in first: Int, _ end: Int, _ body: (Int, Int) -> Bool)
        -> Bool
    {
        var block = first
        while block < end {
            let dx = x[place] - x[block: block]
            let dy = y[place] - y[block: block]
            var lanes = (dx * dx + dy * dy .< Box.diameter * Box.diameter).bits
            while lanes != 0 {
                guard body(Int(indices[place]), Int(indices[block &+ lanes.trailingZeroBitCount])) else { return false }
                lanes &= lanes &- 1
            }
            block &+= Particles.Block.scalarCount
        }
        return true
    }

    /// Calls `body` with every particle that touches one at `position`, itself too, some of them twice.
    @inline(__always) func forEach(touching position: Particle, _ body: (_ j: Int) -> Void) {
        let (column, row) = (column(position.x), row(position.y))
        for row in max(row &- 1, 0)...min(row &+ 1, rows &- 1) {
            let (first, last) = (
                row &* columns &+ max(column &- 1, 0), row &* columns &+ min(column &+ 1, columns &- 1)
            )
            var block = Int(cells[first].start)
            let end = Int(cells[last &+ 1].start)
            while block < end {
                let dx = position.x - x[block: block]
                let dy = position.y - y[block: block]
                var lanes = (dx * dx + dy * dy .< Box.diameter * Box.diameter).bits
                while lanes != 0 {
                    body(Int(indices[block &+ lanes.trailingZeroBitCount]))
                    lanes &= lanes &- 1
                }
                block &+= Particles.Block.scalarCount
            }
            for cell in first...last {
                strays.forEach(in: cell) { i in
                    let place = Int(whereabouts[i].place)
                    let dx = position.x - x[place]
                    let dy = position.y - y[place]
                    if dx * dx + dy * dy < Box.diameter * Box.diameter { body(i) }
                }
            }
        }
    }

    /// Says that it is wanted soon where a particle is.
    @inline(__always) func prefetch(_ i: Int) { CLibrary.prefetch(whereabouts + i) }

    /// Follows a particle that a collision has moved.
    func move(_ i: Int, to position: Particle) {
        let old = whereabouts[i]
        (x[Int(old.place)], y[Int(old.place)]) = (position.x, position.y)
        let cell = Int32(truncatingIfNeeded: row(position.y) &* columns &+ column(position.x))
        guard cell != old.cell else { return }
        if old.cell != old.home { strays.remove(i, from: Int(old.cell)) }
        if cell != old.home { strays.insert(i, into: Int(cell)) }
        whereabouts[i].cell = cell
    }

    @inline(__always) private func column(_ x: Double) -> Int {
        Int(min(max(x * columnsPerUnit, 0), Double(columns &- 1)))
    }

    @inline(__always) private func row(_ y: Double) -> Int {
        Int(min(max(y * rowsPerUnit, 0), Double(rows &- 1)))
    }
}
