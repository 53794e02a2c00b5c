import Synchronization

/// Every sentence that a person reads, in English and in Spanish, as pairs of templates.
///
/// The pairs lie with the target whose sources say them, in its folder `Words`; those that several say lie in a target
/// below all of these. A program puts together what its targets say. A test walks the sources and proves that each
/// `Message("…")` has its pair there, that each pair is used, and that both sides of a pair hold the same values.
package enum Catalogue {
    package typealias Entry = (english: String, spanish: String)

    /// The pairs of one target.
    package struct Part: Sendable {
        package let target: String
        package let entries: [Entry]

        /// - Parameter file: where this is called tells the target.
        package init(_ sentences: [Entry]..., file: String = #fileID) {
            target = String(file.prefix { $0 != "/" })
            entries = Array(sentences.joined())
        }
    }

    private struct Known {
        var pending: [@Sendable () -> [Part]] = [{ [base] }]
        var spanish: [String: String] = [:]
    }

    private static let known = Mutex(Known())

    /// Has the sentences of targets known, before anything is said.
    ///
    /// - Parameter parts: called when the first sentence is wanted in another language than English, which needs no pairs.
    package static func add(_ parts: @escaping @Sendable () -> [Part]) {
        known.withLock { $0.pending.append(parts) }
    }

    static func template(for english: String, in language: Language) -> String {
        guard language == .spanish else { return english }
        return known.withLock { known in
            for parts in known.pending {
                for entry in parts().flatMap(\.entries) { known.spanish[entry.english] = entry.spanish }
            }
            known.pending = []
            return known.spanish[english] ?? english
        }
    }
}
