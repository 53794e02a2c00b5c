package import FleetBase
package import FleetEvents
package import FleetLedger

/// What one operation does now, as its events have told: what a progress line, a monitor or a page shows of it.
package struct Activity: Sendable {
    /// A host of the operation.
    package struct Host: Sendable {
        package enum State: Sendable, Hashable {
            case waiting, working
            /// There is nothing more to do there; why it failed, if it did.
            case ended(Failure?)
        }

        package internal(set) var state = State.waiting
        /// When something was done there first, and when the last of it ended.
        package internal(set) var since: Timestamp?
        package internal(set) var until: Timestamp?
        package internal(set) var isConnecting = false
        /// What is being done, the innermost step last.
        package internal(set) var steps: [RunningStep] = []
        package internal(set) var transfer: TransferRate?
        /// The last line of a command's output.
        package internal(set) var line: String?

        package init() {}

        /// One at which something has been done since then.
        package init(workingSince start: Timestamp) { (state, since) = (.working, start) }

        package var failure: Failure? {
            if case .ended(let failure) = state { failure } else { nil }
        }
    }

    package struct RunningStep: Sendable, Hashable {
        package let step: Step
        package let since: Timestamp
    }

    /// An attempt that runs.
    package struct Work: Sendable {
        package let task: String
        package let host: HostName
        package let since: Timestamp
        /// What the worker told last about how far it is.
        package internal(set) var progress: JSONValue?
        /// The last line that it wrote.
        package internal(set) var line: String?
        /// What is being done on the host before the worker begins.
        package internal(set) var step: Step?
    }

    package private(set) var name = ""
    package private(set) var command: String?
    package private(set) var since: Timestamp?
    package private(set) var end: Event.OperationEnd?
    package private(set) var run: RunID?
    /// In inventory order.
    package private(set) var names: [HostName] = []
    package private(set) var hosts: [HostName: Host] = [:]
    /// What is built here.
    package private(set) var builds: [RunningStep] = []
    /// What a build said last.
    package private(set) var buildLine: String?
    package private(set) var queue: Event.QueueState?
    /// What runs on hosts, what began first at the beginning.
    package private(set) var work: [Work] = []
    /// How long the attempts took that have ended well, in all, and how many they are.
    package private(set) var finished: (time: Duration, count: Int) = (.zero, 0)

    package init() {}

    package mutating func note(_ event: Event) {
        switch event.kind {
        case .operationStarted(let start): (name, command, since) = (start.name, start.command, event.time)
        case .operationEnded(let end): self.end = end
        case .runStarted: run = event.run
        case .queue(let state): queue = state
        case .hostsChosen(let chosen): choose(chosen.hosts)
        case .stepStarted, .stepEnded, .output: event.host == nil ? noteBuild(event) : noteWork(event)
        case .attemptStarted, .attemptEnded, .progress: noteWork(event)
        default: break
        }
        if let host = event.host { hosts[host]?.note(event) }
    }

    private mutating func choose(_ texts: [String]) {
        for name in texts.compactMap({ try? HostName($0) }) where hosts[name] == nil {
            names.append(name)
            hosts[name] = Host()
        }
    }

    private mutating func noteBuild(_ event: Event) {
        switch event.kind {
        case .stepStarted(let step): builds.append(RunningStep(step: step, since: event.time))
        case .stepEnded(let end): builds.removeAll { $0.step == end.step }
        case .output(let output):
            buildLine = output.lastLine ?? buildLine
            return
        default: break
        }
        buildLine = nil
    }

    private mutating func noteWork(_ event: Event) {
        guard let task = event.task, let host = event.host else { return }
        let index = work.firstIndex { $0.task == task && $0.host == host }
        switch event.kind {
        case .attemptStarted:
            if let index { work.remove(at: index) }
            work.append(Work(task: task, host: host, since: event.time))
        case .attemptEnded(let news):
            if let index { work.remove(at: index) }
            guard news.state == .done, let milliseconds = news.milliseconds else { return }
            finished = (finished.time + .milliseconds(milliseconds), finished.count + 1)
        case .stepStarted(let step): if let index { work[index].step = step }
        case .stepEnded(let end):
            guard let index, work[index].step == end.step else { return }
            (work[index].step, work[index].progress) = (nil, nil)
        case .progress(let value): if let index { work[index].progress = value }
        case .output(let output): if let index, let last = output.lastLine { work[index].line = last }
        default: break
        }
    }
}

extension Activity.Host {
    fileprivate mutating func note(_ event: Event) {
        switch event.kind {
        case .hostConnecting:
            begin(event.time)
            isConnecting = true
        case .hostConnected, .hostAbsent: isConnecting = false
        case .stepStarted(let step):
            begin(event.time)
            steps.append(Activity.RunningStep(step: step, since: event.time))
            transfer = nil
        case .stepEnded(let end):
            if let index = steps.lastIndex(where: { $0.step == end.step }) { steps.remove(at: index) }
            transfer = nil
        case .sent(let sent):
            transfer = (transfer ?? TransferRate(from: steps.last?.since)).adding(sent, at: event.time)
        case .output(let output) where event.task == nil: line = output.lastLine ?? line
        case .hostEnded(let end):
            (state, until, steps, transfer) = (.ended(end.failure), event.time, [], nil)
            isConnecting = false
        default: break
        }
    }

    /// A host that has ended may begin again, with the next package.
    private mutating func begin(_ time: Timestamp) {
        since = since ?? time
        // What failed once is not made good by the next package.
        if failure == nil { state = .working }
    }
}

extension Event.Output {
    /// Nil where all is blank.
    fileprivate var lastLine: String? {
        text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }.map(String.init)
    }
}
