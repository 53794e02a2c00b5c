import FleetArguments
import FleetBase
import FleetConfig
import FleetHosts
import FleetService
import FleetTerminal
import Glibc

/// `fleet exec -- COMMAND`: a command on many hosts at once.
struct Exec: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "exec", abstract: Message("run a command on hosts"),
        discussion: Message(
            "One word is a line for the shell, as in: fleet exec 'ls | wc -l'. Several are a program and its arguments."
        ),
        examples: [
            CommandExample("fleet exec -- uname -a", Message("runs a program with its arguments on all hosts")),
            CommandExample(
                "fleet exec --group lab 'df -h / | tail -1'",
                Message("runs a line of the shell on the hosts of a group")),
            CommandExample(
                "fleet exec --quiet --hosts db -- pg_dump app >dump.sql",
                Message("keeps the bytes that one host writes")),
        ],
        seeAlso: ["fleet run", "fleet ping"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Option(name: .long("cwd"), valueName: "DIR", help: Message("where to run it on the host")) var directory: String?
    @Option(
        name: .long("timeout"), valueName: "TIME",
        help: Message("when to stop it, such as 90s, more than 0; 10m when left out"))
    var timeout: StopTime?
    @Option(name: .long("python"), valueName: "CODE", help: Message("Python code to run instead of a command"))
    var python: String?
    @Option(
        name: .long("stdin"), valueName: "FILE", help: Message("a file for its standard input; - for that of fleet"),
        completion: .files)
    var input: String?
    @Option(name: .short("j"), .long("jobs"), valueName: "N", help: Message("on how many hosts at once"))
    var width = Fleet.width
    @Flag(name: .long("live"), help: Message("print each host's lines as they come")) var live
    @Argument(valueName: "COMMAND", help: Message("the command and its arguments, after --")) var words: [String]

    func validate() throws(ArgumentError) {
        guard words.isEmpty != (python == nil) else {
            throw ArgumentError(
                .invalid, Message("give either a command or --python"), hint: Message("fleet exec -- uname -a"))
        }
    }

    func run(_ context: CommandContext) async throws {
        let console = context.console(global)
        let lines = live ? LiveLines(console) : nil
        let output = OutputSink(isBehind: { console.isBehind }) { hosts in
            if let lines { return lines.receiver(for: hosts) }
            // One host's bytes need not wait for the end of the command.
            return console.isQuiet && hosts.count == 1 && !global.json ? Self.bytes(to: console) : nil
        }
        let operation = ExecOperation(try execution(context), on: selector.selector, width: width)
        try await context.perform(operation, global, on: console, output: output) { outcomes, console in
            lines?.finish()
            return try ExecReport(outcomes, python: python != nil).show(json: global.json, console)
        }
    }

    private static func bytes(to console: Console) -> @Sendable (Host) -> CommandLine.Output {
        { _ in
            { stream, bytes in
                if stream == .output {
                    console.stream(Array(bytes))
                } else {
                    console.piece(Array(bytes))
                }
                return .more
            }
        }
    }

    private func execution(_ context: CommandContext) throws(ArgumentError) -> Execution {
        var execution = python.map(Execution.init(python:)) ?? Execution(words: words)
        execution.directory = directory
        if let timeout { execution.timeout = timeout.duration }
        if let input { execution.input = try Self.input(input, context) }
        return execution
    }

    /// Every host gets the same bytes, so a pipe is read to its end first.
    private static func input(_ name: String, _ context: CommandContext) throws(ArgumentError) -> CommandLine.Input {
        guard name != "-" else { return .bytes(StandardInput.readToEnd()) }
        let path = context.absolute(name)
        guard access(path, R_OK) == 0 else {
            let reason = Message(systemError: errno)
            throw ArgumentError(.invalid, Message("--stdin: can't read \(path): \(reason)"))
        }
        return .file(path)
    }
}
