import FleetBase
import FleetConfig
import FleetLedger

extension TaskAttempt {
    /// What starting and following may take beside the worker's own time; the host ends the worker at its limit.
    private static let slack = Duration.seconds(60)

    /// Starts the job and follows it to its trailer.
    func follow(
        _ choice: MethodChoice, _ attempt: Attempt, _ shell: RemoteShell
    ) async throws(Failure) -> JobTrailer {
        let splitter = LineSplitter(live)
        let result = try await shell.run(
            .start, words(choice, attempt), mark: "fleet-job-\(attempt.id)", input: .bytes(jobBytes(choice, attempt)),
            deadline: .after(request.timeout + Self.slack), live: { splitter.take($0, $1) })
        splitter.finish()
        switch result.status {
        case 0: break
        case 77:
            throw Failure(
                .noMethod, Message("the host can't make the Python environment: \(result.reason)"),
                hint: Message("choose another way with --method python"))
        case 70:
            await discardLater(attempt)
            throw Failure(
                .lost, Message("the job was killed on the host, together with what watches it"),
                hint: Message("the host may be out of memory, or somebody ended it there; run it again"))
        case nil:
            throw Failure(
                .lost, Message("what follows the job was killed on the host; the job itself may go on"),
                hint: Message("its folder there is \(host.rootWord.text)/runs/\(attempt.id)"))
        default:
            throw Failure(.lost, Message("the job did not start: \(result.reason)"))
        }
        guard let trailer = JobTrailer(in: result.errorText, nonce: result.nonce) else {
            throw Failure(.lost, Message("the job ended without its trailer"))
        }
        return trailer
    }

    private func words(_ choice: MethodChoice, _ attempt: Attempt) -> [ShellWord] {
        let package = request.package
        let limit = max(1, Int(request.timeout.seconds.rounded(.up)))
        let fixed: [ShellWord] = [
            host.rootWord, ShellWord(attempt.id), ShellWord("\(limit)"), ShellWord(choice.method.rawValue),
            ShellWord(package.name), ShellWord(package.version), ShellWord(choice.engine.requirements?.text ?? ""),
        ]
        let environment = [
            "FLEET_RUN=\(run)", "FLEET_TASK=\(attempt.task)", "FLEET_HOST=\(host.name)",
            "FLEET_ENGINE=\(choice.engine.name)",
        ]
        let flags = request.parameters.flatMap { [ShellWord("--\($0.name)"), ShellWord($0.value.description)] }
        let worker = choice.engine.command + flags
        guard let image = request.package.image, choice.method.isContainer else {
            return fixed + ["env"] + environment.map { ShellWord($0) } + worker
        }
        let variables = environment.flatMap { variable -> [ShellWord] in ["--env", ShellWord(variable)] }
        let options = ContainerOptions.words(for: request.package.file, request.needs) + variables
        return fixed + options + [ShellWord(image.reference)] + worker
    }

    private func jobBytes(_ choice: MethodChoice, _ attempt: Attempt) -> [UInt8] {
        let job = Job(
            run: run.text, task: attempt.task, attempt: attempt.number, host: host.name.text,
            package: request.package.name, version: request.package.version, engine: choice.engine.name,
            method: choice.method.rawValue, parameters: request.parametersJSON)
        guard let text = try? JSONText.encode(job) else { preconditionFailure("a job is plain JSON") }
        return Array(text.utf8)
    }
}
