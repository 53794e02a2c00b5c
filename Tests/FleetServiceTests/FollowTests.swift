import FleetBase
import FleetLedger
import FleetTesting
import Testing

@testable import FleetService

/// What is shown of an attempt that is followed: every line once, whether it comes live or from the files at home.
@Suite struct FollowTests {
    private let output = ShownOutput()

    private func take(_ text: String) -> [String] {
        Array(text.utf8).withUnsafeBytes { output.take(.output, $0) }
    }

    private func rest(_ file: String?) async throws -> [String] {
        let folder = try TemporaryFolder()
        let home = try file.map { try #require(OutputFile(try folder.write($0, to: "stdout"))) }
        var lines: [String] = []
        try await output.showRest(of: .output, in: home) { lines += $0 }
        return lines
    }

    @Test func putsLinesTogether() async throws {
        #expect(take("fir") == [] && take("st\nsec") == ["first"] && take("ond\n\n") == ["second", ""])
        #expect(!output.isEmpty)
        #expect(try await rest("first\nsecond\n\nthird\n") == ["third"])
    }

    /// A connection that breaks in the middle of a line has shown nothing of that line.
    @Test func showsABrokenLineOnceAndWhole() async throws {
        #expect(take("first\nsec") == ["first"])
        #expect(try await rest("first\nsecond") == ["second"])
        #expect(take("ond\n") == [], "what comes from home comes once")
    }

    @Test(arguments: [nil, "fir"]) func showsTheBeginningOfALineWhoseRestNeverCame(file: String?) async throws {
        #expect(take("first\nsec") == ["first"])
        #expect(try await rest(file) == ["sec"])
    }

    @Test func goesOnInALongLineWhereItWasCut() async throws {
        let long = String(repeating: "a", count: 70_000)
        #expect(take(long) == [long])
        #expect(try await rest(long + "b\nc\n") == ["b", "c"])
    }

    @Test func theEndOfALongLineIsNoLine() async throws {
        let long = String(repeating: "a", count: 70_000)
        #expect(take(long) == [long] && take("\n\nb") == [""])
        #expect(try await rest(long + "\n\nb\n") == ["b"])
    }

    @Test func showsAllOfWhatWasNeverFollowed() async throws {
        #expect(output.isEmpty)
        #expect(try await rest("first\n\nsecond\n") == ["first", "", "second"])
    }

    /// There may be gigabytes of it.
    @Test func readsWhatCameHomeInPieces() async throws {
        let folder = try TemporaryFolder()
        let text = (0..<50_000).map { "line \($0)\n" }.joined()
        let file = try #require(OutputFile(try folder.write(text, to: "stdout")))
        var (lines, most) = (0, 0)
        try await output.showRest(of: .output, in: file) { piece in
            lines += piece.count
            most = max(most, piece.reduce(0) { $0 + $1.utf8.count })
        }
        #expect(lines == 50_000 && most <= OutputFile.piece)
    }

    /// However many events come while somebody is behind, he looks once, at each task.
    @Test func keepsEachPieceOfNewsOnce() async throws {
        let signals = FollowSignals()
        for number in 0..<1000 { signals.tell { $0.tasks.insert("task \(number % 10)") } }
        var wakes = signals.wakes.makeAsyncIterator()
        await wakes.next()
        #expect(signals.take().tasks.count == 10 && signals.take().tasks.isEmpty)
    }

    private func attempt(_ state: Attempt.State) throws -> Attempt {
        var attempt = Attempt(task: "20261121-153012-a1b2.1", number: 1, host: try HostName("here"))
        attempt.state = state
        return attempt
    }

    @Test func waitsForWhatIsOnItsWay() throws {
        var progress = FollowProgress()
        guard case .follow = progress.step(for: try attempt(.running), isOver: false) else {
            return #expect(Bool(false), "it is not followed")
        }
        _ = progress.begins(try attempt(.running))
        guard case .nothing = progress.step(for: try attempt(.done), isOver: false) else {
            return #expect(Bool(false), "what is on its way would be shown twice")
        }
        progress.leaves(try attempt(.running))
        guard case .finish = progress.step(for: try attempt(.done), isOver: false),
            case .nothing = progress.step(for: try attempt(.done), isOver: true)
        else { return #expect(Bool(false), "its end is not shown once") }
    }

    /// A connection that breaks ends no job: what the job writes afterwards is shown, too, and nothing twice.
    @Test func goesOnWhereAConnectionBroke() throws {
        var progress = FollowProgress()
        let running = try attempt(.running)
        let shown = progress.begins(running)
        _ = Array("first\nsec".utf8).withUnsafeBytes { shown.take(.output, $0) }
        progress.leaves(running)
        #expect(progress.beats() == [] && progress.beats() == [running.task])
        guard case .follow = progress.step(for: running, isOver: false) else {
            return #expect(Bool(false), "it is not followed again")
        }
        #expect(progress.begins(running) === shown && shown.taken(.output) == 9 && shown.taken(.error) == 0)
        progress.leaves(running)
        // It rests twice as long each time.
        #expect((0..<4).map { _ in progress.beats().count } == [0, 0, 0, 1])
    }

    @Test func looksAgainAtAJobOfWhichNothingWasSeen() throws {
        var progress = FollowProgress()
        let running = try attempt(.running)
        _ = progress.begins(running)
        progress.leaves(running)
        guard case .nothing = progress.step(for: running, isOver: false) else {
            return #expect(Bool(false), "it does not rest")
        }
        #expect(progress.beats() == [running.task] && !progress.isFollowing)
        guard case .follow = progress.step(for: running, isOver: false) else {
            return #expect(Bool(false), "it is not followed again")
        }
    }
}
