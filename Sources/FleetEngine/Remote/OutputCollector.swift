import FleetBase
import Synchronization

/// Takes the output of one command as it comes and finds the trailer that ends it.
///
/// The trailer is `@fleet NONCE STATUS`, after a line break of its own, on standard error: what the command wrote
/// before it is given back unchanged.
final class OutputCollector: Sendable {
    /// The most that is kept of each stream. Of more, the end is kept.
    static let limit = 16 << 20

    private struct State {
        var output: [UInt8] = []
        var error: [UInt8] = []
        var trailer: Int32?
        var dropped = 0
    }

    private let state = Mutex(State())
    private let mark: [UInt8]
    private let live: CommandLine.Output?
    private let keepsOutput: Bool
    let nonce: Nonce

    /// - Parameters:
    ///   - keepsOutput: whether standard output is kept beside what `live` does with it.
    ///   - live: gets everything too, as it comes, the trailer included.
    init(nonce: Nonce, keepsOutput: Bool = true, live: CommandLine.Output? = nil) {
        self.nonce = nonce
        self.keepsOutput = keepsOutput
        mark = Array("\n@fleet \(nonce.text) ".utf8)
        self.live = live
    }

    func take(_ stream: CommandLine.Stream, _ bytes: UnsafeRawBufferPointer) -> CommandLine.Demand {
        if let live, live(stream, bytes) == .finished { return .finished }
        return state.withLock { state in
            switch stream {
            case .output where keepsOutput: Self.append(bytes, to: &state.output, &state.dropped)
            case .output: break
            case .error:
                Self.append(bytes, to: &state.error, &state.dropped)
                // A trailer that came in two pieces begins at most this far before the last one. Counted from the end,
                // since the front may just have been cut off.
                let start = max(0, state.error.count - bytes.count - mark.count - 16)
                if state.trailer == nil { findTrailer(in: &state, from: start) }
            }
            return state.trailer == nil ? .more : .finished
        }
    }

    private static func append(_ bytes: UnsafeRawBufferPointer, to buffer: inout [UInt8], _ dropped: inout Int) {
        buffer.append(contentsOf: bytes)
        guard buffer.count > 2 * limit else { return }
        dropped += buffer.count - limit
        buffer.removeFirst(buffer.count - limit)
    }

    private func findTrailer(in state: inout State, from start: Int) {
        guard let range = state.error[start...].firstRange(of: mark),
            let end = state.error[range.upperBound...].firstIndex(of: UInt8(ascii: "\n"))
        else { return }
        state.trailer = Int32(String(decoding: state.error[range.upperBound..<end], as: UTF8.self))
        state.error.removeSubrange(range.lowerBound...end)
    }

    var result: (output: [UInt8], error: [UInt8], trailer: Int32?, dropped: Int) {
        state.withLock { ($0.output, $0.error, $0.trailer, $0.dropped) }
    }
}
