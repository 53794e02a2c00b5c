import FleetBase
import Synchronization

/// How much of an attempt's output a person has seen, in bytes of each stream: what came live, and what is shown from
/// the files that came home, fit together to the byte.
final class ShownOutput: Sendable {
    /// What has no line break for so long is handed on in pieces.
    private static let longestLine = 64 << 10

    private struct Place {
        /// The bytes of the lines that were shown.
        var shown = 0
        /// What came after them, a line without its end.
        var part: [UInt8] = []
    }

    private let places = Mutex<[CommandLine.Stream: Place]>([:])

    /// Whether nothing was shown.
    var isEmpty: Bool { places.withLock { $0.values.allSatisfy { $0.shown == 0 && $0.part.isEmpty } } }

    /// How many bytes of a stream came, whether their line was shown or not.
    func taken(_ stream: CommandLine.Stream) -> Int {
        places.withLock { places in places[stream].map { $0.shown + $0.part.count } ?? 0 }
    }

    /// - Returns: the lines that are whole now.
    func take(_ stream: CommandLine.Stream, _ bytes: UnsafeRawBufferPointer) -> [String] {
        places.withLock { places in
            var place = places[stream] ?? Place()
            defer { places[stream] = place }
            var lines: [String] = []
            var rest = bytes[...]
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                place.part += rest[..<end]
                lines.append(String(decoding: place.part, as: UTF8.self))
                place.shown += place.part.count + 1
                place.part = []
                rest = rest[rest.index(after: end)...]
            }
            place.part += rest
            if place.part.count > Self.longestLine {
                lines.append(String(decoding: place.part, as: UTF8.self))
                place.shown += place.part.count
                place.part = []
            }
            return lines
        }
    }

    /// The lines that were not shown.
    ///
    /// - Parameter file: what came home of the stream; nil when nothing did.
    func rest(of stream: CommandLine.Stream, file: [UInt8]?) -> [String] {
        let place = places.withLock { $0[stream] ?? Place() }
        let whole = file.flatMap { $0.count >= place.shown ? $0[place.shown...] : nil } ?? place.part[...]
        var lines = whole.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        // A line break at the end begins no line.
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines.map { String(decoding: $0, as: UTF8.self) }
    }
}
