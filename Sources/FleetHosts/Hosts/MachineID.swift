import FleetBase
import FleetPackage

/// What tells one machine from another whatever its address is: machine-id(5).
///
/// The id itself is for the machine alone, as its manual says. What fleet keeps, in a file that people commit, is made of
/// it in a way that does not lead back.
enum MachineID {
    /// Makes the result fleet's own.
    private static let application = "fleet machine "
    private static let shownSize = 8

    /// - Parameter text: what the host says of itself.
    /// - Returns: 16 hexadecimal digits; nil for what is no id, such as `uninitialized`.
    static func shown(_ text: String) -> String? {
        let isID = text.utf8.count == 32 && text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
        guard isID, text.contains(where: { $0 != "0" }) else { return nil }
        return String(Digest(of: Array((application + text).utf8)).hex.prefix(2 * shownSize))
    }
}
