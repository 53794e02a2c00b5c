/// Particles that a collision has pushed into another cell: a linked list for each cell.
struct Strays {
    static let none: Int32 = -1

    private let cells: UnsafeMutablePointer<Grid.Cell>
    private let next: UnsafeMutablePointer<Int32>

    init(count: Int, cells: UnsafeMutablePointer<Grid.Cell>) {
        self.cells = cells
        next = .allocate(capacity: count)
    }

    func insert(_ i: Int, into cell: Int) {
        next[i] = cells[cell].stray
        cells[cell].stray = Int32(truncatingIfNeeded: i)
    }

    func remove(_ i: Int, from cell: Int) {
        if Int(cells[cell].stray) == i {
            cells[cell].stray = next[i]
            return
        }
        var stray = Int(cells[cell].stray)
        while Int(next[stray]) != i { stray = Int(next[stray]) }
        next[stray] = next[i]
    }

    @inline(__always) func forEach(in cell: Int, _ body: (_ i: Int) -> Void) {
        var stray = cells[cell].stray
        while stray != Self.none {
            body(Int(stray))
            stray = next[Int(stray)]
        }
    }
}
