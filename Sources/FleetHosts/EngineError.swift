package import FleetBase

/// Something on the master that keeps an operation from beginning.
package struct EngineError: DescribedError, Equatable {
    package enum Code: Sendable { case noPackage, buildFailed, packing, results, resuming }

    package let code: Code
    package let message: Message
    package let hint: Message?
    package var exitCode: ExitCode { code == .results ? .unexpected : .badConfiguration }

    package init(_ code: Code, _ message: Message, hint: Message? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }

    /// An error of a library below, as this library's.
    package init(_ code: Code, _ error: any DescribedError) {
        self.init(code, error.message, hint: error.hint)
    }
}
