import FleetBase
import FleetHosts
import FleetTerminal

extension Console {
    /// What a host wrote, byte for byte; on a terminal without what would move its cursor or change its title.
    func output(_ stream: SpooledStream) {
        var last: UInt8?
        stream.forEachChunk { chunk in
            self.stream(chunk)
            last = chunk.last
            ConsoleWriter.shared.waitWhileBehind()
        }
        if !isQuiet, let last, last != UInt8(ascii: "\n") { self.stream([UInt8(ascii: "\n")]) }
    }

    /// What a host wrote to its standard error.
    func hostError(_ stream: SpooledStream) {
        guard stream.size > 0 else { return }
        var last: UInt8?
        stream.forEachChunk { chunk in
            piece(chunk)
            last = chunk.last
            ConsoleWriter.shared.waitWhileBehind()
        }
        if last != UInt8(ascii: "\n") { piece([UInt8(ascii: "\n")]) }
    }
}
