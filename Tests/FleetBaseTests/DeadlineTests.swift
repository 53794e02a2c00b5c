import Testing

@testable import FleetBase

@Suite struct DeadlineTests {
    @Test func givesTheAnswerThatCameInTime() async {
        #expect(await Deadline.after(.seconds(20)).limiting { 7 } == 7)
    }

    @Test func leavesWorkBehindThatNeverEnds() async {
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        defer { continuation.finish() }
        let answer = await Deadline.after(.milliseconds(20)).limiting { () -> Int in
            for await _ in stream {}
            return 1
        }
        #expect(answer == nil)
    }

    @Test func hearsCancellation() async {
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        defer { continuation.finish() }
        let task = Task {
            await Deadline.distant.limiting { () -> Int in
                for await _ in stream {}
                return 1
            }
        }
        task.cancel()
        #expect(await task.value == nil)
    }
}
