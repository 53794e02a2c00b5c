import FleetBase

/// A moment in UTC to the millisecond.
public struct FleetTime: Codable, Sendable, Hashable, Comparable, CustomStringConvertible {
    private let timestamp: Timestamp

    init(_ timestamp: Timestamp) { self.timestamp = timestamp }

    /// Reads ISO 8601, such as `2026-11-26T15:30:12.345Z`.
    public init(from decoder: any Decoder) throws { timestamp = try Timestamp(from: decoder) }

    /// Writes ISO 8601.
    public func encode(to encoder: any Encoder) throws { try timestamp.encode(to: encoder) }

    /// Since 1970, in milliseconds; leap seconds are not counted.
    public var milliseconds: Int64 { timestamp.milliseconds }

    /// As ISO 8601, such as `2026-11-26T15:30:12.345Z`.
    public var description: String { timestamp.description }

    /// Whether the left moment is the earlier one.
    public static func < (left: FleetTime, right: FleetTime) -> Bool { left.timestamp < right.timestamp }
}
