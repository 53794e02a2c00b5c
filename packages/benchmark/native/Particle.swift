import CLibrary

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
        let dx = alone(x - other.x)
        let dy = alone(y - other.y)
        guard dx * dx + dy * dy < Box.diameter * Box.diameter else { return false }
        return !(dx * (vx - other.vx) + dy * (vy - other.vy) > 0)
    }

    /// Exchanges momentum and pushes the two apart, unless they are at the same place; whether they were not. Every
    /// operation is written in the order that the bits depend on.
    @discardableResult
    @inline(__always) mutating func collide(with other: inout Particle) -> Bool {
        let dx = alone(x - other.x)
        let dy = alone(y - other.y)
        let distance = (dx * dx + dy * dy).squareRoot()
        // Said to be rare, the rest is put out of the way of those that lie on one another in every step.
        guard _slowPath(distance > 0) else { return false }
        let nx = alone(dx / distance)
        let ny = alone(dy / distance)
        let a = alone(vx * nx) + vy * ny
        let b = alone(other.vx * nx) + other.vy * ny
        let gain = alone(b - a)
        let loss = alone(a - b)
        vx += alone((gain * nx) * Box.particleRestitution)
        vy += alone((gain * ny) * Box.particleRestitution)
        other.vx += alone((loss * nx) * Box.particleRestitution)
        other.vy += alone((loss * ny) * Box.particleRestitution)
        let correction = alone(0.5 * (Box.diameter - distance))
        let cx = alone(correction * nx)
        let cy = alone(correction * ny)
        x += cx
        y += cy
        other.x -= cx
        other.y -= cy
        return true
    }
}
