package import FleetBase

/// What one remote command left: its output and how it ended.
package struct RemoteResult: Sendable, Hashable {
    package let output: [UInt8]
    package let error: [UInt8]
    /// Not all of the two was kept.
    package let isCut: Bool
    package let ending: Completion.Ending
    package let bytesSent: Int64
    package let duration: Duration
    /// What the login shell did before the command began.
    package let greeting: Greeting
    /// What fleet's script told beside its output, in order.
    let news: [String]

    package var outputText: String { String(decoding: output, as: UTF8.self) }
    package var errorText: String { String(decoding: error, as: UTF8.self) }

    /// The exit status; nil after a signal.
    package var status: Int32? {
        guard case .status(let status) = ending else { return nil }
        return status
    }

    /// The last line of what the command said on standard error: most programs give their reason there.
    package var reason: String {
        errorText.split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
    }

    /// The lines `KEY=VALUE` that a script of fleet printed, in order.
    package var values: [(key: String, value: String)] {
        outputText.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
        }
    }
}
