/// The particles by cell, as a step's walk over the pairs has them.
///
/// They are sorted by cell before the walk, rows of cells one after the other, so that those of neighbouring cells of a
/// row lie side by side. A particle keeps its place when it is moved; outside its cell it is a stray of the new one.
///
/// Cells are a little larger than a diameter, so two particles that touch are always in the same cell or in
/// neighbours, whatever rounding does to the products below. A position outside the box belongs to the cell at the
/// border; that keeps the order of positions, so the argument holds there too.
struct Grid {
    private let columns: Int
    private let rows: Int
    private let columnsPerUnit: Double
    private let rowsPerUnit: Double
    /// The first place of each cell, and the number of particles behind the last cell, often enough to look at a row
    /// that is not there.
    private let starts: UnsafeMutablePointer<Int32>
    private let cells: UnsafeMutablePointer<Int32>
    private let places: UnsafeMutablePointer<Int32>
    /// By place, with their cell and their index.
    private let x: Column
    private let y: Column
    private let sortedCells: UnsafeMutablePointer<Int32>
    private let indices: UnsafeMutablePointer<Int32>
    private let count: Int
    private var strays: Strays

    init(count: Int, width: Double, height: Double) {
        let smallest = Box.diameter * 1.05
        // Four cells a particle at most: clearing and reading empty cells costs time too. Measured best among 1, 2, 4.
        let most = 4 * count
        rows = Int(max(1, min(height / smallest, Double(most).squareRoot())))
        columns = Int(max(1, min(width / smallest, Double(most / rows))))
        columnsPerUnit = Double(columns) / width
        rowsPerUnit = Double(rows) / height
        self.count = count
        starts = .allocate(capacity: columns * rows + columns + 3)
        cells = .allocate(capacity: count)
        places = .allocate(capacity: count)
        (x, y) = (Column(count), Column(count))
        sortedCells = .allocate(capacity: count)
        indices = .allocate(capacity: count)
        strays = Strays(count: count, cells: columns * rows)
    }

    /// Sorts all particles by counting.
    mutating func fill(with particles: Particles) {
        strays.removeAll()
        let total = columns &* rows
        starts.update(repeating: 0, count: total)
        for i in 0..<count {
            let cell = row(particles.y[i]) &* columns &+ column(particles.x[i])
            cells[i] = Int32(truncatingIfNeeded: cell)
            starts[cell] &+= 1
        }
        var sum: Int32 = 0
        for cell in 0..<total {
            sum &+= starts[cell]
            starts[cell] = sum
        }
        (starts + total).update(repeating: sum, count: columns &+ 3)
        var i = count
        while i > 0 {
            i &-= 1
            let cell = Int(cells[i])
            starts[cell] &-= 1
            let place = Int(starts[cell])
            (x[place], y[place]) = (particles.x[i], particles.y[i])
            sortedCells[place] = cells[i]
            indices[place] = Int32(truncatingIfNeeded: i)
            places[i] = Int32(truncatingIfNeeded: place)
        }
    }

    /// Calls `body` with every two particles that touch, some of them twice, until it says false; whether it never did.
    ///
    /// Each looks at those behind it in its own cell and the next, and at three cells of the next row. At the end of a
    /// row these are cells of the rows after it, and a block ends beyond its cells: more to look at, nothing missed.
    @inline(__always) func forEachContact(_ body: (_ i: Int, _ j: Int) -> Bool) -> Bool {
        for place in 0..<count {
            let cell = Int(sortedCells[place])
            let below = cell &+ columns &- 1
            guard contacts(of: place, in: place &+ 1, Int(starts[cell &+ 2]), body),
                contacts(of: place, in: max(place &+ 1, Int(starts[below])), Int(starts[below &+ 3]), body)
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
            var block = Int(starts[first])
            let end = Int(starts[last &+ 1])
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
            for cell in first...last { strays.forEach(in: cell, body) }
        }
    }

    /// Follows a particle that a collision has moved.
    mutating func move(_ i: Int, to position: Particle) {
        let place = Int(places[i])
        (x[place], y[place]) = (position.x, position.y)
        let cell = Int32(truncatingIfNeeded: row(position.y) &* columns &+ column(position.x))
        guard cell != cells[i] else { return }
        if cells[i] != sortedCells[place] { strays.remove(i, from: Int(cells[i])) }
        if cell != sortedCells[place] { strays.insert(i, into: Int(cell)) }
        cells[i] = cell
    }

    @inline(__always) private func column(_ x: Double) -> Int {
        Int(min(max(x * columnsPerUnit, 0), Double(columns &- 1)))
    }

    @inline(__always) private func row(_ y: Double) -> Int {
        Int(min(max(y * rowsPerUnit, 0), Double(rows &- 1)))
    }
}
