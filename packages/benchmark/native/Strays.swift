/// Particles that a collision has pushed into another cell: a linked list for each cell.
struct Strays {
    private static let none: Int32 = -1

    private let heads: UnsafeMutablePointer<Int32>
    private let next: UnsafeMutablePointer<Int32>
    /// Cells whose list may hold something.
    private var used: [Int] = []

    init(count: Int, cells: Int) {
        heads = .allocate(capacity: cells)
        heads.initialize(repeating: Self.none, count: cells)
        next = .allocate(capacity: count)
    }

    mutating func removeAll() {
        for cell in used { heads[cell] = Self.none }
        used.removeAll(keepingCapacity: true)
    }

    mutating func insert(_ i: Int, into cell: Int) {
        if heads[cell] == Self.none { used.append(cell) }
        next[i] = heads[cell]
        heads[cell] = Int32(truncatingIfNeeded: i)
    }

    func remove(_ i: Int, from cell: Int) {
        if Int(heads[cell]) == i {
            heads[cell] = next[i]
            return
        }
        var stray = Int(heads[cell])
        while Int(next[stray]) != i { stray = Int(next[stray]) }
        next[stray] = next[i]
    }

    @inline(__always) func forEach(in cell: Int, _ body: (_ i: Int) -> Void) {
        var stray = heads[cell]
        while stray != Self.none {
            body(Int(stray))
            stray = next[Int(stray)]
        }
    }
}
