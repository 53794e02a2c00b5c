package import FleetBase
import FleetPackage

/// A file, folder or link that a job left and that did not come home.
package struct MissingResult: Sendable, Hashable {
    /// In the job's folder; for people.
    package let path: String
    /// One word, which does not change.
    package let code: String
    package let reason: Message

    init(_ entry: RefusedEntry) { (path, code, reason) = (entry.path, entry.reason.rawValue, entry.reason.message) }

    /// A file that the host's own user can't read.
    init(unreadable path: String) {
        (self.path, code, reason) = (path, "unreadable", Message("it can't be read on the host"))
    }
}

extension Failure {
    private static let shown = 3

    /// - Parameters:
    ///   - missing: what did not come home, or the beginning of it.
    ///   - count: how much that is in all.
    ///   - place: where the host keeps it.
    init(incomplete missing: [MissingResult], count: Int, keptAt place: String) {
        let more = count - Self.shown
        let names = missing.prefix(Self.shown).map(\.path).joined(separator: ", ")
        let list = more > 0 ? Message("\(names) and \(more) more") : Message(verbatim: names)
        let reason = missing.first?.reason ?? Message(verbatim: "–")
        self.init(
            .incomplete, Message("the results did not come home whole: \(list): \(reason)"),
            hint: Message("the host keeps them in \(place); incomplete: allow in the task takes what comes"))
    }

    /// - Parameter setting: what raises the limit.
    init(limit reason: Message, setting: String, keptAt place: String) {
        self.init(
            .limit, Message("the results did not come home: \(reason)"),
            hint: Message("the host keeps them in \(place); \(setting) in the task or the package allows more"))
    }
}
