/// The constants of the box, in its own units.
enum Box {
    static let radius = 5.0
    static let diameter = 2 * radius
    static let timeStep = 0.1
    static let topSpeed = 20.0
    static let wallRestitution = 0.8
    static let particleRestitution = 0.9
}

/// One particle; four doubles in the order in which the final state is digested.
struct Particle {
    var x: Double
    var y: Double
    var vx: Double
    var vy: Double

    /// Whether the two overlap and are not moving apart.
    @inline(__always) func collides(with other: Particle) -> Bool {
        let dx = x - other.x
        // Rounding keeps order: when one difference reaches the diameter, so does the distance.
        guard abs(dx) < Box.diameter else { return false }
        let dy = y - other.y
        guard dx * dx + dy * dy < Box.diameter * Box.diameter else { return false }
        return !(dx * (vx - other.vx) + dy * (vy - other.vy) > 0)
    }

    /// Exchanges momentum and pushes the two apart, unless they are at the same place; whether they were not. Every
    /// operation is written in the order that the bits depend on.
    @discardableResult
    @inline(__always) mutating func collide(with other: inout Particle) -> Bool {
        let dx = x - other.x
        let dy = y - other.y
        let distance = (dx * dx + dy * dy).squareRoot()
        guard distance > 0 else { return false }
        let nx = dx / distance
        let ny = dy / distance
        let a = vx * nx + vy * ny
        let b = other.vx * nx + other.vy * ny
        vx += ((b - a) * nx) * Box.particleRestitution
        vy += ((b - a) * ny) * Box.particleRestitution
        other.vx += ((a - b) * nx) * Box.particleRestitution
        other.vy += ((a - b) * ny) * Box.particleRestitution
        let correction = 0.5 * (Box.diameter - distance)
        x += correction * nx
        y += correction * ny
        other.x -= correction * nx
        other.y -= correction * ny
        return true
    }
}
