import Foundation

/// Looks again and again until something is so, for events that nobody announces, such as the end of a process that is
/// no child of the test.
///
/// - Returns: whether it became so before the time was over.
package func eventually(within limit: Duration = .seconds(180), _ isSo: () async throws -> Bool) async rethrows -> Bool
{
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
        if try await isSo() { return true }
        try? await Task.sleep(for: .milliseconds(10))
    }
    return try await isSo()
}
