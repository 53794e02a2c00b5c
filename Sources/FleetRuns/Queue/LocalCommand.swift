import FleetBase
import Glibc

/// A line for sh on the master whose output is a secret.
enum LocalCommand {
    /// Blocks.
    ///
    /// - Returns: what it printed; nil when it failed.
    static func output(of line: String, in folder: String) -> [UInt8]? {
        let result = ChildOutput(
            of: ["/bin/sh", "-c", line], taking: [STDOUT_FILENO], patience: .seconds(60), in: folder)
        return result?.ending == .status(0) ? result?.streams[STDOUT_FILENO] : nil
    }
}
