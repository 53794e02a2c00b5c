import FleetBase
import FleetConfig
import FleetLedger
import FleetPackage
import Testing
@testable import FleetHosts
@testable import FleetRuns

/// What is decided for Slurm without one: names, arrays, the words for sbatch, and what becomes of each answer.
@Suite struct SlurmTests {
    private let run = RunID("20261121-130000-abcd")

    private func tasks(_ count: Int, retries: Int = 0, _ change: (inout RunRequest) -> Void = { _ in }) -> [PlannedTask]
    {
        var request = RunRequest(.command("true"))
        change(&request)
        return (1...count).map { position in
            let record = LedgerTask(
                run: run, position: position, name: "say", key: FileDigest.of([UInt8(position % 256)]))
            var task = PlannedTask(record: record, request: request, group: 0)
            task.retries = retries
            return task
        }
    }

    private func state(_ tasks: [PlannedTask], _ attempts: [Attempt] = []) throws -> SlurmState {
        SlurmState(tasks, try QueueHistory(attempts, tasks: tasks.map(\.record.id)))
    }

    private func attempt(_ job: SlurmJob, _ state: Attempt.State = .sent) throws -> Attempt {
        var attempt = Attempt(task: "\(run).\(job.position)", number: job.attempt, host: try HostName("gate"))
        attempt.state = state
        return attempt
    }

    private func outcome(_ job: SlurmJob, _ failure: Failure? = nil) throws -> TaskOutcome {
        var attempt = try attempt(job, failure == nil ? .done : .failed)
        attempt.failure = failure
        return TaskOutcome(attempt)
    }

    private func result(_ lines: String...) -> RemoteResult {
        RemoteResult(
            output: Array(lines.joined(separator: "\n").utf8), error: [], isCut: false, ending: .status(0),
            bytesSent: 0,
            duration: .zero, greeting: Greeting(text: "", delay: .zero), news: [])
    }

    @Test(arguments: [(1, 1, 0), (1000, 1000, 0), (1001, 1, 1000), (2500, 500, 2000)])
    func findsATaskByItsArrayAndIndex(position: Int, index: Int, shift: Int) {
        let job = SlurmJob(position: position, attempt: 3)
        #expect((job.index, job.shift) == (index, shift))
        #expect(job.array(in: run) == "fleet-20261121-130000-abcd.3.\(shift)")
        #expect(SlurmJob(array: job.array(in: run), index: "\(index)") == job && SlurmJob(job.name) == job)
    }

    @Test func tellsSbatchWhatATaskNeeds() {
        let tasks = tasks(9) { request in
            (request.timeout, request.needs.cores, request.needs.gpu) = (.seconds(90), 4, true)
            (request.needs.memory, request.needs.tags) = (ByteCount(1 << 30), ["fast", "new"])
        }
        let jobs = [1, 2, 3, 7, 9].map { SlurmJob(position: $0, attempt: 1) }
        let array = SlurmArray.grouping(jobs, tasks)[0]
        let options = SlurmOptions(login: "gate", partition: "main", words: ["--account=physics"])
        #expect(
            array.words(for: tasks[0].request, options) == [
                "--account=physics", "--array=1-3,7,9", "--time=3", "--partition=main", "--cpus-per-task=4",
                "--mem=1048576K", "--gres=gpu:1", "--constraint=fast&new",
            ])
    }

    @Test func putsIntoOneArrayWhatOneNameCanHold() {
        let jobs = (1...1001).map { SlurmJob(position: $0, attempt: $0 == 2 ? 2 : 1) }
        #expect(SlurmArray.grouping(jobs, tasks(1001)).map(\.jobs.count) == [999, 1, 1])
    }

    @Test func readsWhatSlurmSays() {
        let answer = SlurmAnswer(
            result(
                "queued=fleet-r.1.0 4 PD ReqNodeNotAvail, Unavailable", "queued=fleet-r.1.0 5 R None", "begun=5.1 n2",
                "ended=6.1 n3", "ended=7.1 ", "queued=other 1 R None"))
        let jobs = (4...7).map { SlurmJob(position: $0, attempt: 1) }
        #expect(answer.queued == [jobs[0]: "ReqNodeNotAvail, Unavailable", jobs[1]: nil])
        #expect(answer.begun == [jobs[1]: "n2"] && answer.ended == [jobs[2]: "n3", jobs[3]: ""])
        let endings = SlurmEnding.list(result("why=4.1 NODE_FAIL n1", "why=5.1 FAILED n2", "said=5.1 no room left"))
        #expect(endings[jobs[0]] == SlurmEnding(state: "NODE_FAIL", node: "n1", said: nil))
        #expect(endings[jobs[1]]?.said == "no room left" && endings[jobs[1]]?.failure.kind == .start)
    }

    @Test(arguments: [
        ("NODE_FAIL", true), ("PREEMPTED", true), ("UNKNOWN", true), ("TIMEOUT", false), ("OUT_OF_MEMORY", false),
        ("CANCELLED", false),
    ])
    func knowsWhoseFaultItWas(state: String, isOfTheNode: Bool) {
        #expect(SlurmEnding(state: state, node: "n1", said: nil).isOfTheNode == isOfTheNode)
    }

    /// A shared folder may show a trailer later than the queue shows the end.
    @Test func takesAJobForLostWhenItIsMissingTwice() throws {
        var state = try state(tasks(1))
        let job = SlurmJob(position: 1, attempt: 1)
        state.begin(job, try attempt(job))
        #expect(state.hear(SlurmAnswer(result("queued=\(job.array(in: run)) 1 PD Resources"))).missing == [])
        #expect(state.hear(SlurmAnswer(result())).missing == [])
        #expect(state.hear(SlurmAnswer(result())).missing == [job])
        state.ended(job, try outcome(job, Failure(.lost, "NODE_FAIL")), isOfTheNode: true)
        #expect(state.ready() == [SlurmJob(position: 1, attempt: 2)] && !state.isFinished)
    }

    @Test func waitsForTheTrailerOfAJobThatCameToItsEnd() throws {
        var state = try state(tasks(1))
        let job = SlurmJob(position: 1, attempt: 1)
        state.begin(job, try attempt(job))
        let endings = ["COMPLETED", "FAILED"].map { SlurmEnding(state: $0, node: "n1", said: nil) }
        #expect(endings.map { state.mayAppear(job, after: $0) } == [true, false])
        state.open[job]?.lag = .after(.zero)
        #expect(endings.map { state.mayAppear(job, after: $0) } == [false, false])
    }

    @Test func submitsUnderTheSameNumberWhatNeverArrived() throws {
        let job = SlurmJob(position: 1, attempt: 2)
        var state = try state(tasks(2), [try attempt(job)])
        #expect(state.ready() == [SlurmJob(position: 2, attempt: 1)])
        #expect(state.hear(SlurmAnswer(result())).missing == [] && state.hear(SlurmAnswer(result())).missing == [])
        #expect(state.ready() == [job, SlurmJob(position: 2, attempt: 1)])
    }

    @Test func triesAgainAsOftenAsItMay() throws {
        var state = try state(tasks(1, retries: 1))
        for number in 1...2 {
            #expect(state.ready() == [SlurmJob(position: 1, attempt: number)])
            let job = SlurmJob(position: 1, attempt: number)
            state.begin(job, try attempt(job))
            state.ended(job, try outcome(job, Failure(.exit, "no")))
        }
        #expect(state.isFinished && state.results[0].attempts == 2 && !state.results[0].isDone)
    }

    @Test func skipsWhatComesAfterAFailure() throws {
        var tasks = tasks(3)
        (tasks[1].after, tasks[2].after) = ([0], [1])
        var state = try state(tasks)
        let job = SlurmJob(position: 1, attempt: 1)
        #expect(state.ready() == [job])
        state.begin(job, try attempt(job))
        state.ended(job, try outcome(job, Failure(.exit, "no")))
        #expect(state.isFinished && state.results.map(\.attempts) == [1, 0, 0])
        #expect(state.results[2].failure?.kind == .cancelled)
    }
}
