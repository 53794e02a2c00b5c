package import FleetBase
package import FleetEvents
import FleetLedger

extension Event {
    /// The event as a sentence for a person.
    package var message: Message {
        let words = task.map { Message("\($0): \(kind.message)") } ?? kind.message
        return run.map { Message("run \($0): \(words)") } ?? words
    }
}

extension Event.Kind {
    /// Without the run and the task that it belongs to.
    package var message: Message {
        switch self {
        case .operationStarted(let start): Message("\(start.command ?? start.name) begins")
        case .operationEnded(let end): end.message
        case .cancelRequested: Message("somebody wants it stopped")
        case .hostsChosen(let hosts): Message("hosts: \(hosts.hosts.joined(separator: ", "))")
        case .hostConnecting: Message("connecting")
        case .hostConnected(let connection):
            Message("connected in \(Duration.milliseconds(connection.milliseconds).shown)")
        case .hostAbsent(let failure), .failure(let failure): Message("\(failure.kind.rawValue): \(failure.message)")
        case .hostReady(let ready): Message("\(ready.slots) at once")
        case .hostEnded(let end):
            end.failure.map { Message("\($0.kind.rawValue): \($0.message)") } ?? Message("finished")
        case .stepStarted(let step): Message("\(step.words) begins")
        case .stepEnded(let end): end.message
        case .sent(let transfer): transfer.message
        case .runStarted(let start): Message("the run begins; tasks: \(start.tasks)")
        case .runEnded(let end): end.message
        case .queue(let state): state.message
        case .attemptQueued(let news): Message("attempt \(news.number) is queued")
        case .attemptStarted(let news): Message("attempt \(news.number) runs by \(news.method ?? "–")")
        case .attemptEnded(let news): news.message
        case .output(let output): Message(verbatim: output.text)
        case .progress(let value): Message(verbatim: value.shown)
        case .remark(let message), .note(let message): message
        }
    }
}

extension Event.OperationEnd {
    fileprivate var message: Message {
        let time = Duration.milliseconds(milliseconds).shown
        return switch state {
        case .done: Message("done in \(time)")
        case .failed: Message("failed after \(time)")
        case .cancelled: Message("cancelled after \(time)")
        }
    }
}

extension Event.QueueState {
    fileprivate var message: Message {
        waiting.reduce(Message("\(done) of \(total) done, \(running) running")) { text, waiting in
            Message("\(text), \(waiting.count) \(waiting.reason)")
        }
    }
}

extension Event.RunEnd {
    fileprivate var message: Message {
        switch state {
        case .running: Message("running")
        case .done: Message("all tasks are done")
        case .failed: Message("not all tasks are done")
        case .cancelled: Message("cancelled")
        }
    }
}

extension Event.Transfer {
    fileprivate var message: Message {
        let sent = ByteCount(bytes)
        return of.map { Message("\(sent) of \(ByteCount($0)) sent") } ?? Message("\(sent) sent")
    }
}

extension Event.AttemptNews {
    fileprivate var message: Message {
        let time = milliseconds.map { Duration.milliseconds($0).shown } ?? "–"
        switch state {
        case .done: return Message("attempt \(number): done in \(time)")
        case .cancelled: return Message("attempt \(number): cancelled after \(time)")
        default:
            guard let failure else { return Message("attempt \(number): failed after \(time)") }
            return Message("attempt \(number): \(failure.kind.rawValue): \(failure.message)")
        }
    }
}

extension Step {
    fileprivate var words: Message { subject.map { Message("\(name.words) \($0)") } ?? name.words }
}

extension Step.Name {
    /// For people.
    package var words: Message {
        switch self {
        case .pack: Message("pack")
        case .build: Message("build")
        case .probe: Message("probe")
        case .compare: Message("compare")
        case .send: Message("send")
        case .unpack: Message("unpack")
        case .check: Message("check")
        case .activate: Message("activate")
        case .image: Message("image")
        case .prepare: Message("prepare")
        case .command: Message("command")
        case .environment: Message("Python environment")
        case .job: Message("job")
        case .collect: Message("collect")
        case .discard: Message("discard")
        }
    }
}

extension StepEnd {
    fileprivate var message: Message {
        let time = Duration.milliseconds(milliseconds).shown
        return switch state {
        case .done:
            bytes.map { Message("\(step.words): done in \(time), \(ByteCount($0)) sent") }
                ?? Message("\(step.words): done in \(time)")
        case .unchanged: Message("\(step.words): nothing to do")
        case .failed: Message("\(step.words): failed after \(time)")
        }
    }
}
