import FleetBase
import Synchronization

/// Limits a job's time from the moment on in which its worker starts: what comes before has a limit of its own.
final class WorkLimit: Sendable {
    private let preparing: Duration
    private let working: Duration
    private let isBehind: (@Sendable () -> Bool)?
    private let starts: AsyncStream<Void>
    private let starting: AsyncStream<Void>.Continuation
    private let passed = Mutex(FailureClass?.none)

    /// - Parameter isBehind: whether who gets the output is behind: the time in which it takes nothing does not count.
    init(preparing: Duration, working: Duration, isBehind: (@Sendable () -> Bool)?) {
        (self.preparing, self.working, self.isBehind) = (preparing, working, isBehind)
        (starts, starting) = AsyncStream.makeStream()
    }

    /// The worker starts now.
    func start() { starting.yield() }

    /// - Throws: when a limit has passed, so that the work was cancelled: no-answer before the worker has started,
    ///   time-out after that; and what the work throws.
    func run<Value: Sendable>(
        _ work: @escaping @Sendable () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let job = Task { () async -> Result<Value, Failure> in
            do throws(Failure) { return .success(try await work()) } catch { return .failure(error) }
        }
        let watch = Task {
            let starts = starts
            let hasStarted = await Deadline.after(preparing).limiting { for await _ in starts { return } } != nil
            if hasStarted { try await rest(for: working) }
            try Task.checkCancellation()
            passed.withLock { $0 = hasStarted ? .timeOut : .noAnswer }
            job.cancel()
        }
        let result = await withTaskCancellationHandler {
            await job.value
        } onCancel: {
            job.cancel()
        }
        watch.cancel()
        starting.finish()
        if case .failure(let failure) = result, failure.kind == .cancelled, let kind = passed.withLock(\.self) {
            throw Failure(kind, Message("no answer in time"), hint: failure.hint)
        }
        return try result.get()
    }

    private func rest(for duration: Duration) async throws {
        var left = duration
        while left > .zero {
            let step = min(left, .seconds(1))
            try await Task.sleep(for: isBehind == nil ? left : step)
            guard let isBehind else { return }
            if !isBehind() { left -= step }
        }
    }
}
