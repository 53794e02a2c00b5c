import FleetBase
import FleetEngine

/// One host's answer to `fleet exec`, as `--json` prints it.
struct ExecResult: Encodable {
    let name: HostName
    let cause: Failure?
    let host: String
    let success: Bool
    let exit: Int32?
    let output: String
    let error: String
    let method: String
    let seconds: Double?
    let failure: FailureReport?

    private enum CodingKeys: String, CodingKey {
        case host, success, exit, output, error, method, seconds, failure
    }

    init(_ outcome: HostOutcome<RemoteResult>, python: Bool, _ console: Console) {
        let result = outcome.value
        name = outcome.host
        cause = outcome.failure ?? result?.failure
        host = outcome.host.text
        success = cause == nil
        exit = result?.status
        output = result?.outputText ?? ""
        error = result?.errorText ?? ""
        method = python ? "python" : "shell"
        seconds = result?.duration.seconds
        failure = cause.map { FailureReport($0, console) }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(host, forKey: .host)
        try container.encode(success, forKey: .success)
        try container.encode(exit, forKey: .exit)
        try container.encode(output, forKey: .output)
        try container.encode(error, forKey: .error)
        try container.encode(method, forKey: .method)
        try container.encode(seconds, forKey: .seconds)
        try container.encode(failure, forKey: .failure)
    }
}

/// A failure as `--json` prints it.
struct FailureReport: Encodable {
    let `class`: String
    let message: String
    let hint: String?

    init(_ failure: Failure, _ console: Console) {
        `class` = failure.kind.rawValue
        message = console.text(failure.message)
        hint = failure.hint.map(console.text)
    }
}
