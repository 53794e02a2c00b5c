import FleetBase
import Foundation

extension Process {
    /// Waits for the end without holding one of the threads that all tasks share, of which there are as many as cores.
    package func ended() async {
        await withCheckedContinuation { continuation in
            OwnThread.start {
                self.waitUntilExit()
                continuation.resume()
            }
        }
    }
}
