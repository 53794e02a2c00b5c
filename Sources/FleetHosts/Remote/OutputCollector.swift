package import FleetBase
import Synchronization

/// What is kept of a command's two streams, each.
package enum Keeping: Sendable {
    /// All of it; more than so many bytes is a failure.
    case whole(Int)
    /// The first bytes; what comes after them is somebody else's to keep.
    case first(Int)

    /// What fleet's scripts answer fits in this.
    package static let answer = Keeping.whole(HostAnswer.maximumSize)

    fileprivate var limit: Int {
        switch self {
        case .whole(let limit), .first(let limit): limit
        }
    }
}

/// Takes the streams of one command as they come: what the command wrote, and fleet's marks in it.
final class OutputCollector: Sendable {
    private struct State {
        var frames: [StreamFrame]
        var kept: [[UInt8]] = [[], []]
        var isCut = false
        var trailer: Int32?
        /// The words of marks other than the beginning and the end, in order.
        var news: [String] = []
        var begun: ContinuousClock.Instant?
        var isCsh = false
    }

    private static let mostNews = 64

    private let state: Mutex<State>
    private let start = ContinuousClock.now
    private let keeping: Keeping
    private let live: CommandLine.Output?
    private let told: (@Sendable (String) -> Void)?
    let nonce: Nonce

    /// - Parameters:
    ///   - isMarked: false for a far end without a shell.
    ///   - live: gets the command's bytes too, as they come.
    ///   - told: gets the words of marks as they come, but for those of the end.
    init(
        nonce: Nonce, isMarked: Bool = true, keeping: Keeping = .answer, live: CommandLine.Output? = nil,
        told: (@Sendable (String) -> Void)? = nil
    ) {
        self.nonce = nonce
        self.keeping = keeping
        self.live = live
        self.told = told
        let frame = StreamFrame(nonce: nonce, isMarked: isMarked)
        state = Mutex(State(frames: [frame, frame]))
    }

    private static func index(of stream: CommandLine.Stream) -> Int { stream == .output ? 0 : 1 }

    func take(_ stream: CommandLine.Stream, _ bytes: UnsafeRawBufferPointer) -> CommandLine.Demand {
        var (news, demand) = ([String](), CommandLine.Demand.more)
        let isOver = state.withLock { state in
            var frame = state.frames[Self.index(of: stream)]
            frame.take(
                bytes,
                content: { part in
                    keep(part, stream, &state)
                    if let live, live(stream, part) == .finished { demand = .finished }
                },
                marked: { words in
                    if stream == .error { Self.hear(words, &state, &news) }
                    if words == RemoteLine.cshMark { state.isCsh = true }
                })
            state.frames[Self.index(of: stream)] = frame
            return state.frames.allSatisfy(\.hasEnded) || state.frames.contains(where: \.isNoise)
                || isOverflowing(state)
        }
        for words in news { told?(words) }
        return isOver ? .finished : demand
    }

    private static func hear(_ words: String, _ state: inout State, _ news: inout [String]) {
        if let status = Int32(words) {
            state.trailer = status
            return
        }
        if words == "begin" || words.hasPrefix("begin ") { state.begun = state.begun ?? .now }
        // A host that lies may send as many as it likes.
        let isKept = words != "alive" && !["progress ", "figures "].contains { words.hasPrefix($0) }
        if isKept, state.news.count < mostNews { state.news.append(words) }
        news.append(words)
    }

    private func keep(_ bytes: UnsafeRawBufferPointer, _ stream: CommandLine.Stream, _ state: inout State) {
        let index = Self.index(of: stream)
        let room = keeping.limit - state.kept[index].count
        state.kept[index] += bytes.prefix(max(0, room))
        if bytes.count > room { state.isCut = true }
    }

    private func isOverflowing(_ state: State) -> Bool {
        if case .whole = keeping { return state.isCut }
        return false
    }

    // MARK: The end

    /// What was collected; called once the channel is closed.
    struct Result: Sendable {
        let output: [UInt8]
        let error: [UInt8]
        /// Not all of the two streams was kept.
        let isCut: Bool
        /// It was more than may be left out.
        let isTooMuch: Bool
        /// The status that the end of the standard error tells.
        let trailer: Int32?
        let news: [String]
        /// Whether both streams came to their beginning, and to their end.
        let hasBegun: Bool
        let hasEnded: Bool
        /// An end came where nothing had begun.
        let hasEndAlone: Bool
        /// The login shell is csh or tcsh.
        let isCsh: Bool
        let greeting: Greeting
    }

    func finish() -> Result {
        state.withLock { state in
            for stream in [CommandLine.Stream.output, .error] {
                var frame = state.frames[Self.index(of: stream)]
                frame.finish { part in
                    keep(part, stream, &state)
                    _ = live?(stream, part)
                }
                state.frames[Self.index(of: stream)] = frame
            }
            return Result(
                output: state.kept[0], error: state.kept[1], isCut: state.isCut,
                isTooMuch: isOverflowing(state), trailer: state.trailer,
                news: state.news, hasBegun: state.frames.allSatisfy(\.hasBegun),
                hasEnded: state.frames.allSatisfy(\.hasEnded),
                hasEndAlone: state.frames.contains(where: \.hasEndAlone), isCsh: state.isCsh,
                greeting: Greeting(
                    text: String(decoding: state.frames.flatMap(\.noise), as: UTF8.self),
                    delay: state.begun.map { $0 - start }))
        }
    }
}

/// What a login shell did before the command began.
package struct Greeting: Sendable, Hashable {
    /// The first that it printed, on either stream.
    package let text: String
    /// From the command's request to its beginning; nil when it never began.
    package let delay: Duration?

    /// A login shell that takes longer has start-up files worth a look.
    private static let slow = Duration.milliseconds(250)
    private static let shown = 120

    /// What a person should know of it, since every command pays for it.
    package var notes: [Message] {
        var notes: [Message] = []
        if !text.isEmpty {
            let words = HostText(text).line(atMost: Self.shown)
            notes.append(Message("its login shell prints something before each command: \(words)"))
        }
        if let delay, delay > Self.slow {
            let seconds = (delay.seconds * 100).rounded() / 100
            notes.append(
                Message("each command waits \(seconds) s there before it begins; look at the shell's start-up files"))
        }
        return notes
    }
}
