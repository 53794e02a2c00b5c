package import FleetBase

/// The words of a report, in the reader's language.
package struct ReportWords: Sendable {
    let language: Language

    package init(_ language: Language) { self.language = language }

    func callAsFunction(_ message: Message) -> String { message.text(in: language) }
}
