import FleetBase
import Testing

@testable import FleetArguments
@testable import FleetCommands

@Suite struct HelpTests {
    init() { Catalogue.add(FleetProgram.words) }

    /// The words that name every group and every command.
    static let paths = paths(of: FleetProgram.root)

    private static func paths(of group: CommandGroup<CommandContext>) -> [[String]] {
        [[]]
            + group.subcommands.flatMap { member -> [[String]] in
                let name = member.configuration.commandName
                guard case .group(let inner) = member else { return [[name]] }
                return paths(of: inner).map { [name] + $0 }
            }
    }

    @Test(arguments: paths, Language.allCases) func fitsIntoEightyColumns(path: [String], language: Language) throws {
        guard case .help(let page, _) = try Parser(FleetProgram.root).parse(path + ["--help"]) else {
            Issue.record("no help for \(path)")
            return
        }
        let long = page.text(in: language, width: 80).split(separator: "\n").filter { $0.count > 80 }
        #expect(long.isEmpty)
    }

    /// `LookInterval(duration: 5.0 seconds)` is no word that a person could type.
    @Test(arguments: paths) func showsNoDefaultThatCantBeTyped(path: [String]) throws {
        guard case .help(let page, _) = try Parser(FleetProgram.root).parse(path + ["--help"]) else { return }
        let text = page.text(in: .english, width: 400)
        #expect(text.firstMatch(of: /default: \w+\(/) == nil)
    }

    /// Words of capital letters that stand for values, but for those that are alike in both languages.
    @Test(arguments: paths) func showsNoEnglishValueNameInSpanish(path: [String]) throws {
        guard case .help(let page, let command) = try Parser(FleetProgram.root).parse(path + ["--help"]) else { return }
        let english = Set(ValueName.spanish.keys).subtracting(["PATH"])
        let said = page.text(in: .spanish, width: 400).split { !$0.isLetter && $0 != "_" }.map(String.init)
        #expect(english.isDisjoint(with: said), "\(english.intersection(said))")
        let alike: Set = ["", "A", "B", "HOST", "ID", "N", "SHA", "SHELL", "URL", "TEXT"]
        guard let command else { return }
        let names = (ArgumentSet(command).options + ArgumentSet(command).positionals).map(\.valueName)
        let words = Set(names.flatMap { $0.split { !$0.isLetter }.map(String.init) })
        #expect(words.subtracting(alike).isSubset(of: ValueName.spanish.keys))
    }

    @Test(arguments: paths) func namesEachSubcommandOnce(path: [String]) {
        #expect(Self.paths.count { $0 == path } == 1)
    }

    @Test(arguments: paths) func declaresNoOptionTwice(path: [String]) throws {
        guard case .help(_, let command?) = try Parser(FleetProgram.root).parse(path + ["--help"]) else { return }
        let names = ArgumentSet(command).options.flatMap(\.names)
        #expect(Set(names).count == names.count)
    }

    @Test(arguments: paths) func refusesAnUnknownOption(path: [String]) {
        #expect(throws: ArgumentError.self) {
            guard case .run(let command) = try Parser(FleetProgram.root).parse(path + ["-Z"]) else { return }
            Issue.record("\(command) takes -Z")
        }
    }
}
