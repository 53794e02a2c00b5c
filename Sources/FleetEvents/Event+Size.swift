import FleetBase

/// How much memory an event takes, roughly: most of it is text.
extension Event {
    private static let base = 256

    var size: Int { Self.base + (task?.utf8.count ?? 0) + kind.textSize }
}

extension Event.Kind {
    fileprivate var textSize: Int {
        switch self {
        case .operationStarted(let start): start.name.utf8.count + (start.command?.utf8.count ?? 0)
        case .hostsChosen(let hosts): hosts.hosts.reduce(0) { $0 + $1.utf8.count + MemoryLayout<String>.stride }
        case .hostAbsent(let failure), .failure(let failure): failure.textSize
        case .hostEnded(let end): end.failure?.textSize ?? 0
        case .stepStarted(let step): step.subject?.utf8.count ?? 0
        case .stepEnded(let end): end.step.subject?.utf8.count ?? 0
        case .queue(let queue): queue.waiting.reduce(0) { $0 + $1.reason.textSize }
        case .attemptQueued(let news), .attemptStarted(let news), .attemptEnded(let news):
            (news.method?.utf8.count ?? 0) + (news.failure?.textSize ?? 0)
        case .output(let output): output.text.utf8.count
        case .progress(let value): value.textSize
        case .remark(let message), .note(let message): message.textSize
        case .operationEnded, .cancelRequested, .hostConnecting, .hostConnected, .hostReady, .sent, .runStarted,
            .runEnded:
            0
        }
    }
}

extension Failure {
    fileprivate var textSize: Int { message.textSize + (hint?.textSize ?? 0) }
}

extension Message {
    fileprivate var textSize: Int {
        arguments.reduce(template.utf8.count) { size, argument in
            size + MemoryLayout<Argument>.stride
                + {
                    switch argument {
                    case .text(let text): text.utf8.count
                    case .message(let message): message.textSize
                    case .both(let english, let spanish): english.utf8.count + spanish.utf8.count
                    }
                }()
        }
    }
}

extension JSONValue {
    fileprivate var textSize: Int {
        MemoryLayout<JSONValue>.stride
            + {
                switch self {
                case .string(let text): text.utf8.count
                case .array(let values): values.reduce(0) { $0 + $1.textSize }
                case .object(let members): members.reduce(0) { $0 + $1.key.utf8.count + $1.value.textSize }
                case .null, .bool, .integer, .number: 0
                }
            }()
    }
}
