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
    package let news: [String]

    package var outputText: String { String(decoding: output, as: UTF8.self) }
    package var errorText: String { String(decoding: error, as: UTF8.self) }

    /// The exit status; nil after a signal.
    package var status: Int32? {
        guard case .status(let status) = ending else { return nil }
        return status
    }

    /// The last line of what the command said on standard error: most programs give their reason there. Looked for
    /// in the end alone, and cut: a reason is no page.
    package var reason: String {
        let end = String(decoding: error.suffix(Self.reasonEnd), as: UTF8.self)
        return end.split(whereSeparator: \.isNewline).last.map { HostText(String($0)).line(atMost: Self.longestReason) }
            ?? ""
    }

    private static let reasonEnd = 16 << 10
    private static let longestReason = 500

    /// The lines `KEY=VALUE` that a script of fleet printed, in order.
    package var values: [(key: String, value: String)] {
        // By bytes: to a String a line break behind a carriage return is no line break.
        output.split(separator: UInt8(ascii: "\n")).compactMap { line in
            guard line.count <= HostAnswer.maximumLine, let mark = line.firstIndex(of: UInt8(ascii: "=")) else {
                return nil
            }
            return (
                String(decoding: line[..<mark], as: UTF8.self), String(decoding: line[(mark + 1)...], as: UTF8.self)
            )
        }
    }
}
