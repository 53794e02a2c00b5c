/// A language in which fleet speaks to people.
package enum Language: String, CaseIterable, Sendable, Codable {
    case english = "en"
    case spanish = "es"

    /// What `FLEET_LANG` says, else the language of the POSIX locale, read in the order of setlocale(3): `LC_ALL`,
    /// `LC_MESSAGES`, `LANG`.
    package init(environment: [String: String]) {
        if let language = environment["FLEET_LANG"].flatMap(Language.init(rawValue:)) {
            self = language
            return
        }
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        self = locale?.hasPrefix("es") == true ? .spanish : .english
    }
}
