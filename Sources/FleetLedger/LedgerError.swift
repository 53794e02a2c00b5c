package import FleetBase

/// What can go wrong with the ledger.
package struct LedgerError: DescribedError, Equatable {
    package enum Code: Sendable {
        /// Another process has been writing for longer than anybody waits.
        case locked
        /// The file is damaged, or is no ledger.
        case corrupt
        /// The file was written by a newer fleet.
        case newer
        /// The disk: full, read-only, no such folder.
        case file
        /// A run that does not exist, or a prefix of several.
        case unknownRun
        /// SQLite refused what fleet asked for.
        case refused
    }

    package let code: Code
    package let message: Message
    package let hint: Message?

    package init(_ code: Code, _ message: Message, hint: Message? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }

    package var exitCode: ExitCode {
        switch code {
        case .locked: .locked
        case .unknownRun: .usage
        case .corrupt, .newer, .file, .refused: .unexpected
        }
    }
}

extension LedgerError {
    /// Nothing was written down in a project until now.
    package static var noRuns: LedgerError {
        LedgerError(.unknownRun, Message("there are no runs yet"), hint: Message("run something: fleet run PACKAGE"))
    }
}
