import Foundation
import Testing

/// Screens as text files in Tests/Screens, so that a change of what a person sees is seen in a review, too.
///
/// With `FLEET_KEEP_SCREENS=1` in the environment they are written anew: look at each difference before you keep it.
enum KeptScreen {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Screens")
    private static let keeps = ProcessInfo.processInfo.environment["FLEET_KEEP_SCREENS"] == "1"

    /// Three sizes that people have: a phone, a terminal of old, a large window.
    static let sizes = [(40, 15), (80, 24), (200, 50)]

    /// Compares lines with the file `NAME.txt`.
    static func expect(
        _ lines: [String], are name: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let text = lines.map { line in String(line.reversed().drop { $0 == " " }.reversed()) + "\n" }.joined()
        let file = folder.appendingPathComponent("\(name).txt")
        if keeps { try text.write(to: file, atomically: true, encoding: .utf8) }
        let kept = try? String(contentsOf: file, encoding: .utf8)
        #expect(kept == text, "the screen is not the one in Tests/Screens/\(name).txt", sourceLocation: sourceLocation)
    }
}
