package import FleetBase

/// What is wrong with a project's files, or with a name that should stand in them.
package struct ConfigError: DescribedError, Equatable {
    package enum Code: Sendable {
        /// The text is not YAML, JSON or whatever it should be.
        case syntax
        case unknownKey
        case duplicate
        case missing
        case wrongType
        case invalidValue
        /// A host, group, tag or package that does not exist.
        case unknownName
        case cycle
        case noProject
        /// A file that cannot be read or written.
        case file
        /// Somebody else holds the lock.
        case locked
        /// An edit that the editor cannot make without risk to the rest of the file.
        case notEditable
    }

    package let code: Code
    package let message: Message
    package let hint: Message?
    /// Where in a file, when it is about a place in one.
    package let place: SourcePlace?

    package init(_ code: Code, _ message: Message, hint: Message? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
        place = nil
    }

    /// An error at a place in a file: `hosts.yaml:4:3: …`.
    package init(_ code: Code, at place: SourcePlace, _ problem: Message, hint: Message? = nil) {
        self.code = code
        message = Message("\(place): \(problem)")
        self.hint = hint
        self.place = place
    }

    /// Says where the text stands that `body` refuses.
    static func at<Value>(_ place: SourcePlace, _ body: () throws(ValueError) -> Value) throws(ConfigError) -> Value {
        do {
            return try body()
        } catch {
            throw ConfigError(.invalidValue, at: place, error.message)
        }
    }

    package var exitCode: ExitCode { code == .locked ? .locked : .badConfiguration }
}
