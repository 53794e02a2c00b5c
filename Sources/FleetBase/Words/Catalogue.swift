/// Every sentence that a person reads, in English and in Spanish, as pairs of templates.
///
/// One file a library (`Catalogue+Config.swift` …), and several for that of the commands. A test walks the sources and
/// proves that each `Message("…")` has its pair here, that each pair is used, and that both sides of a pair hold the same
/// values.
package enum Catalogue {
    package typealias Entry = (english: String, spanish: String)

    package static var entries: [Entry] {
        base + arguments + config + `package` + ssh + ledger + engine + lab + tasks + queue + slurm + ask + commands
            + releases + runs + events
    }

    private static let spanish = Dictionary(entries.map { ($0.english, $0.spanish) }) { first, _ in first }

    static func template(for english: String, in language: Language) -> String {
        language == .spanish ? spanish[english] ?? english : english
    }
}
