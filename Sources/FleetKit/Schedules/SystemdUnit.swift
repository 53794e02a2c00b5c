import FleetService

/// A unit that is to be written.
public struct SystemdUnit: Sendable {
    private let unit: ServiceUnit

    init(_ unit: ServiceUnit) { self.unit = unit }

    /// What the file has.
    public var text: String { unit.text }
    /// Where it goes: with the user's own units, and with the system's for root.
    public var path: String { unit.path }
    /// The commands that start it.
    public var next: [String] { unit.next }

    /// Writes it where it goes; nothing is started.
    ///
    /// - Throws: when the file can't be written.
    public func install() throws(FleetError) {
        do { try unit.install() } catch { throw FleetError(error) }
    }
}
