import FleetBase

/// A number used once, by which the end of a command is known, and the command itself among a host's processes.
struct Nonce: Sendable, Hashable {
    let text: String

    init() {
        var generator = SystemRandomNumberGenerator()
        text = (0..<2).flatMap { _ in withUnsafeBytes(of: generator.next()) { Array($0) } }.hex
    }

    init(text: String) { self.text = text }
}
