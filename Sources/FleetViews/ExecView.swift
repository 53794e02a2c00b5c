package import FleetBase
package import FleetHosts

/// What `fleet exec --json` prints.
package struct ExecView: Codable, Sendable {
    package struct Row: Codable, Sendable {
        package let host: String
        package let success: Bool
        /// Null when a signal ended the command, or when it never ended.
        @OrNull package var exit: Int32?
        package let output: String
        package let error: String
        /// `shell` or `python`.
        package let method: String
        @OrNull package var seconds: Double?
        /// What an earlier fleet had cut off; always 0.
        package let droppedBytes: Int64
        @OrNull package var failure: Failure?

        private enum CodingKeys: String, CodingKey {
            case host, success, exit, output, error, method, seconds, failure
            case droppedBytes = "dropped_bytes"
        }

        /// - Parameter failure: why it is no success; output that does not fit into an answer is one, too.
        package init(_ host: HostName, _ answer: ExecAnswer?, _ failure: Failure?, method: String) {
            var (streams, failure) = ((output: [UInt8](), error: [UInt8]()), failure)
            do throws(Failure) {
                streams = try answer?.bytes() ?? streams
            } catch {
                failure = error
            }
            self.host = host.text
            success = failure == nil
            output = String(decoding: streams.output, as: UTF8.self)
            error = String(decoding: streams.error, as: UTF8.self)
            self.method = method
            droppedBytes = 0
            _exit = OrNull(wrappedValue: answer?.result.status)
            _seconds = OrNull(wrappedValue: answer?.result.duration.seconds)
            _failure = OrNull(wrappedValue: failure)
        }
    }

    package let results: [Row]

    package init(_ results: [Row]) { self.results = results }
}

extension ExecView {
    /// - Parameter method: `shell` or `python`.
    package init(_ outcomes: [HostOutcome<ExecAnswer>], method: String) {
        self.init(
            outcomes.map { outcome in
                Row(outcome.host, outcome.value, outcome.failure ?? outcome.value?.result.failure, method: method)
            })
    }
}
