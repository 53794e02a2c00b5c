import FleetBase
import FleetConfig
import FleetTesting
import Foundation
import Testing

@testable import FleetArguments
@testable import FleetCommands

/// The command lines under EXAMPLES, as a shell hands them over, read by the parser of the program.
@Suite struct ExampleTests {
    struct Shown: Sendable, CustomTestStringConvertible {
        let command: any Command<CommandContext>.Type
        let example: CommandExample

        var testDescription: String { example.line }
    }

    private static let commands = commands(of: FleetProgram.root)
    static let shown = commands.flatMap { command in
        command.configuration.examples.map { Shown(command: command, example: $0) }
    }

    private static func commands(of group: CommandGroup<CommandContext>) -> [any Command<CommandContext>.Type] {
        group.verbs.map(\.verb)
            + group.subcommands.flatMap { member in
                switch member {
                case .command(let type): [type]
                case .group(let inner): commands(of: inner)
                }
            }
    }

    @Test func eachCommandHasTwoOrThree() {
        let without = Self.commands.filter { command in
            let configuration = command.configuration
            return configuration.shouldDisplay && !(2...3).contains(configuration.examples.count)
        }
        #expect(without.isEmpty, "\(without)")
    }

    @Test(arguments: shown) func isACommandLine(shown: Shown) throws {
        let words = try Self.words(of: shown.example.line)
        guard case .run(let command) = try Parser(FleetProgram.root).parse(words) else {
            Issue.record("runs nothing")
            return
        }
        #expect(type(of: command) == shown.command)
        guard let run = command as? RunPackage, let name = run.name else { return }
        let project = Project(folder: Self.repository)
        _ = try run.parameters.values(of: project.package(name).dynamicOptions, of: name)
    }

    @Test(arguments: FleetProgram.root.examples.map(\.line)) func theProgramItselfHasSome(line: String) throws {
        guard case .run = try Parser(FleetProgram.root).parse(try Self.words(of: line)) else {
            Issue.record("runs nothing")
            return
        }
    }

    /// Lines are copied out of a narrow terminal, too.
    @Test(arguments: shown) func fitsIntoALine(shown: Shown) { #expect(shown.example.line.count <= 76) }

    private static let repository = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    /// What a shell makes of a line that calls fleet.
    static func words(of line: String) throws -> [String] {
        let home = try TemporaryFolder()
        for file in ["question.txt", "inventory/allowed_signers", ".config/fish/completions/fleet.fish"] {
            try home.write("", to: file)
        }
        let script = "cd \"$HOME\"; exec 3>words; fleet() { printf '%s\\0' \"$@\" >&3; }; \(line)"
        try Program.run(["bash", "-c", script], environment: ["HOME": home.path])
        return try home.read("words").split(separator: "\0", omittingEmptySubsequences: false).dropLast().map(
            String.init)
    }
}
