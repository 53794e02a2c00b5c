import FleetArguments
import FleetBase
import FleetConfig
import FoundationEssentials
import Glibc

/// `fleet schedule install`: has systemd keep `fleet schedule run` going.
struct ScheduleInstall: Command {
    static let configuration = CommandConfiguration(
        commandName: "install", abstract: Message("write a systemd unit that keeps fleet schedule run going"),
        discussion: Message(
            "A unit of your own; as root one of the system's. Nothing is started: the next step is shown."),
        seeAlso: ["fleet schedule run"])

    @OptionGroup var global: GlobalOptions
    @Flag(name: .long("print"), help: Message("show the unit, and write nothing")) var print

    func run(_ context: CommandContext) async throws {
        let console = context.console(global)
        let project = try context.project(global)
        var words = ["schedule", "run"]
        if let file = global.inventory { words += ["--inventory", context.absolute(file)] }
        if let language = global.language { words += ["--lang", language.rawValue] }
        let unit = try ScheduleUnit(project, program: Self.program, words, environment: context.environment)
        if print { return console.result(unit.text) }
        let isRoot = getuid() == 0
        let folder = isRoot ? "/etc/systemd/system" : "\(context.home)/.config/systemd/user"
        let path = "\(folder)/\(unit.name)"
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(unit.text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw ConfigError(.file, Message("can't write \(path)"))
        }
        let control = isRoot ? "systemctl" : "systemctl --user"
        let lines =
            ["\(control) daemon-reload", "\(control) enable --now \(unit.name)"]
            + (isRoot ? [] : ["loginctl enable-linger"])
        if global.json {
            return try console.json(["unit": JSONValue.string(path), "next": .array(lines.map(JSONValue.string))])
        }
        console.result(path)
        console.note(Message("next:\(lines.map { "\n  \($0)" }.joined())"))
    }

    private static var program: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "/usr/local/bin/fleet"
    }
}

/// A unit as systemd.service(5) has it.
struct ScheduleUnit {
    let name: String
    let text: String

    /// - Throws: when a path holds what a unit can't.
    init(_ project: Project, program: String, _ words: [String], environment: [String: String]) throws(ConfigError) {
        let folder = project.folder
        // Of the whole path: projects in different folders often have one name.
        let own = folder.split(separator: "/").map { $0.filter(Self.isPlain) }.joined(separator: "-")
        name = "fleet-schedule-\(own).service"
        guard !(folder + program).contains(where: \.isNewline) else {
            throw ConfigError(.file, Message("the path \(folder) has a line break, which no unit can have"))
        }
        let language = environment["LANG"].map { "Environment=\(Self.quoted("LANG=\($0)"))\n" } ?? ""
        let line = ([program] + words).map(Self.quoted).joined(separator: " ")
        let place = folder.replacing("%", with: "%%")
        let target = getuid() == 0 ? "multi-user.target" : "default.target"
        text = """
            [Unit]
            Description=fleet schedule of \(place)
            After=network-online.target
            Wants=network-online.target

            [Service]
            WorkingDirectory=\(place)
            ExecStart=\(line)
            \(language)Restart=on-failure
            RestartSec=10
            KillSignal=SIGINT
            SuccessExitStatus=130
            TimeoutStopSec=90

            [Install]
            WantedBy=\(target)

            """
    }

    private static func isPlain(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "-")
    }

    private static func quoted(_ word: String) -> String {
        let inner = word.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("%", with: "%%")
            .replacing("$", with: "$$")
        return "\"\(inner)\""
    }
}
