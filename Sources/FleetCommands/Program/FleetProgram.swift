import Dispatch
import FleetArguments
import FleetBase
import FleetConfig
import FleetTerminal
import Glibc

/// The program: reads the command line, runs the command, and turns errors into words and an exit status.
package enum FleetProgram {
    package static let version = "0.1.0"

    static let root = CommandGroup<CommandContext>(
        CommandConfiguration(
            commandName: "fleet", abstract: Message("run work on your machines over plain SSH"),
            examples: [
                CommandExample("fleet init ~/work", Message("makes a project in a new folder")),
                CommandExample(
                    "fleet host add pc-leo 192.0.2.7 --user ana",
                    Message("adds a host after its key was shown and accepted")),
                CommandExample(
                    "fleet run benchmark --particles 100",
                    Message("runs a package on all hosts with a parameter")),
            ],
            seeAlso: ["fleet demo"]),
        subcommands: [
            .command(Package.self),
            .command(Push.self),
            .command(Versions.self),
            .command(RollbackPackage.self),
            .command(Prune.self),
            .command(Verify.self),
            .command(RunPackage.self),
            .command(Ask.self),
            .group(tasks),
            .group(schedule),
            .group(serve),
            .command(Exec.self),
            .command(Status.self),
            .command(Monitor.self),
            .group(inventory),
            .command(Ping.self),
            .command(Doctor.self),
            .command(Demo.self),
            .group(lab),
            .command(Init.self),
            .group(host),
            .group(keys),
            .group(runs),
            .command(Logs.self),
            .command(Events.self),
            .command(Report.self),
            .command(Check.self),
            .command(PrintCompletion.self),
            .command(ShowVersion.self),
            .command(PrintManual.self),
            .command(PrintReference.self),
        ],
        leadingOptions: [GlobalOptions.self],
        verbs: [("package", PackageNew.self)],
        familiarWords: FamiliarWords.ofFleet)

    private static let lab = CommandGroup<CommandContext>(
        CommandConfiguration(
            commandName: "lab", abstract: Message("start and end hosts on this machine to try things on")),
        subcommands: [
            .command(LabUp.self), .command(LabDown.self), .command(LabStatus.self), .command(LabServe.self),
        ],
        leadingOptions: [GlobalOptions.self], familiarWords: FamiliarWords.ofLab)

    package static func main(_ words: [String]) async -> Int32 {
        signal(SIGPIPE, SIG_IGN)
        Catalogue.add(Self.words)
        let context = Self.context(words)
        let work = Task { await run(words, context) }
        let ending = SecondSignal(plainConsole(words, context))
        let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT].map { cancel(work, on: $0, ending) }
        defer { for source in signals { source.cancel() } }
        let status = await work.value
        ConsoleWriter.shared.flush()
        guard status == 0, let problem = ConsoleWriter.shared.problem else { return status }
        plainConsole(words, context).error(Message("the results could not be written: \(problem)"), hint: nil)
        ConsoleWriter.shared.flush()
        return ExitCode.unexpected.rawValue
    }

    /// Each setting from where it counts most: the command line, a variable, the user's own file.
    private static func context(_ words: [String]) -> CommandContext {
        var (environment, problem) = (Environment.current, ConfigError?.none)
        do throws(ConfigError) {
            if let file = UserSettings.file(in: environment) {
                environment = try UserSettings(file: file).filling(environment)
            }
        } catch {
            problem = error
        }
        // All that draws asks for these variables (https://no-color.org). A wrong word is refused later.
        environment["FLEET_COLOR"] = value(of: "--color", in: words) ?? environment["FLEET_COLOR"]
        switch environment["FLEET_COLOR"].flatMap(UserSettings.Colour.init(rawValue:)) {
        case .never: environment["NO_COLOR"] = "1"
        case .always: environment["NO_COLOR"] = nil
        case .auto, nil: break
        }
        return CommandContext(
            environment: environment, directory: workingDirectory, arguments: words, settingsProblem: problem)
    }

    /// When the folder was removed, its name in the environment is all that is left of it.
    private static var workingDirectory: String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        guard getcwd(&buffer, buffer.count) != nil else { return Environment.current["PWD"] ?? "/" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The first signal stops the work in good order; a second one ends the program at once.
    private static func cancel(
        _ work: Task<Int32, Never>, on number: CInt, _ ending: SecondSignal
    ) -> any DispatchSourceSignal {
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler {
            guard !ending.isMeant() else { ending.exit(128 + number) }
            work.cancel()
        }
        source.resume()
        return source
    }

    /// Runs one command line; everything is said by then.
    ///
    /// - Returns: the exit status.
    static func run(_ words: [String], _ context: CommandContext) async -> Int32 {
        do {
            try await perform(Parser(root, environment: context.environment).parse(words), context)
            return ExitCode.success.rawValue
        } catch let ended as Ended {
            return ended.code.rawValue
        } catch let error as ArgumentError where error.isOfSense {
            return report(projectProblem(words, context) ?? error, words, context).rawValue
        } catch {
            return report(error, words, context).rawValue
        }
    }

    private static func perform(_ invocation: Invocation<CommandContext>, _ context: CommandContext) async throws {
        switch invocation {
        case .run(let command):
            if let problem = context.settingsProblem { throw problem }
            if command is any ProjectCommand, let problem = projectProblem(context.arguments, context) { throw problem }
            var context = context
            context.name = root.name(of: type(of: command)) ?? context.name
            try await command.run(context)
        case .help(var page, let command):
            let console = plainConsole(context.arguments, context)
            if saysNoCommand(context.arguments),
                let status = await MenuLoop.run(context.arguments, context, console)
            {
                throw Ended(code: ExitCode(rawValue: status) ?? .unexpected)
            }
            if let run = command as? RunPackage { run.describeParameters(on: &page, context) }
            let text = page.text(in: console.language, width: console.width)
            guard wantsJSON(context.arguments) else { return console.result(text) }
            guard page.isAskedFor(by: context.arguments) else {
                throw ArgumentError(
                    .missingArgument, Message("which subcommand?"), hint: Message(verbatim: page.subcommands))
            }
            try console.json(["help": text])
        case .version:
            try ShowVersion.show(json: wantsJSON(context.arguments), plainConsole(context.arguments, context))
        case .complete(let typed): complete(typed, context)
        }
    }

    /// Why a command that needs a project has none.
    private static func projectProblem(_ words: [String], _ context: CommandContext) -> (any Error)? {
        guard Parser(root).command(of: words) is any ProjectCommand.Type else { return nil }
        do {
            _ = try context.project(at: value(of: "--project", in: words) ?? context.variable("FLEET_PROJECT"))
            return nil
        } catch {
            return error
        }
    }

    /// Whether somebody has said at most how it is to be shown.
    private static func saysNoCommand(_ words: [String]) -> Bool {
        var rest = words[...]
        while let word = rest.popFirst() {
            guard !["--lang", "--color"].contains(word) else {
                rest = rest.dropFirst()
                continue
            }
            guard word.hasPrefix("--lang=") || word.hasPrefix("--color=") else { return false }
        }
        return true
    }

    private static func report(_ error: any Error, _ words: [String], _ context: CommandContext) -> ExitCode {
        let (message, hint, code) = describe(error)
        let console = plainConsole(words, context)
        console.error(message, hint: hint)
        if wantsJSON(words) {
            let report: [String: JSONValue] = [
                "message": .string(console.text(message)), "hint": JSONValue(hint.map(console.text)),
                "status": JSONValue(code.rawValue),
            ]
            try? console.json(["error": report])
        }
        return code
    }

    /// Before a command is known, or where none is: the words alone tell.
    private static func wantsJSON(_ words: [String]) -> Bool {
        words.prefix(while: { $0 != "--" }).contains { $0 == "--json" || $0 == "--events" }
    }

    static func describe(_ error: any Error) -> (message: Message, hint: Message?, code: ExitCode) {
        switch error {
        case let error as any DescribedError: (error.message, error.hint, error.exitCode)
        case let failure as Failure:
            (failure.message, failure.hint, failure.kind == .cancelled ? .cancelled : .someFailed)
        default: (Message(verbatim: "\(error)"), nil, .unexpected)
        }
    }

    /// A console for what is said before, or instead of, a command: the language may still stand among the words.
    private static func plainConsole(_ words: [String], _ context: CommandContext) -> Console {
        let given = value(of: "--lang", in: words).flatMap(Language.init(rawValue:))
        return Console(
            language: given ?? Language(environment: context.environment), environment: context.environment)
    }

    /// The value of an option among words that were not understood yet.
    private static func value(of option: String, in words: [String]) -> String? {
        let words = words.prefix { $0 != "--" }
        return words.indices.lazy.compactMap { index in
            words[index].hasPrefix(option + "=")
                ? String(words[index].dropFirst(option.count + 1))
                : words[index] == option ? words.dropFirst(index + 1).first : nil
        }.first
    }
}
