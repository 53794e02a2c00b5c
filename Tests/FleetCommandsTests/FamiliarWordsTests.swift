import FleetBase
import Testing

@testable import FleetArguments
@testable import FleetCommands

/// Words of other tools lead to the command that does it here.
@Suite struct FamiliarWordsTests {
    struct Lead: Sendable, CustomTestStringConvertible {
        let path: [String]
        let word: String
        let lines: [String]

        var testDescription: String { (path + [word]).joined(separator: " ") }
    }

    static let leads = leads(of: FleetProgram.root, path: [])

    private static func leads(of group: CommandGroup<CommandContext>, path: [String]) -> [Lead] {
        group.familiarWords.sorted { $0.key < $1.key }.map { Lead(path: path, word: $0.key, lines: $0.value) }
            + group.subcommands.flatMap { member -> [Lead] in
                guard case .group(let inner) = member else { return [] }
                return leads(of: inner, path: path + [inner.configuration.commandName])
            }
    }

    @Test func thereAreThoseOfTheCommonTools() {
        let words = Set(Self.leads.map(\.testDescription))
        for word in ["ls", "ps", "ssh", "list", "host list", "hosts", "up", "deploy", "copy", "top", "host ls"] {
            #expect(words.contains(word), "\(word)")
        }
    }

    /// A word that is a command already would never be answered.
    @Test(arguments: leads) func leadsToWhatThereIs(lead: Lead) throws {
        do throws(ArgumentError) {
            _ = try Parser(FleetProgram.root).parse(lead.path + [lead.word])
            Issue.record("\(lead.testDescription) is a command")
        } catch {
            let hint = error.hint?.text(in: .english) ?? ""
            #expect(error.code == .unknownSubcommand)
            #expect(hint == "fleet \(lead.testDescription) → \(lead.lines.joined(separator: ", "))")
        }
        for line in lead.lines {
            guard case .run = try Parser(FleetProgram.root).parse(try ExampleTests.words(of: line)) else {
                Issue.record("\(line) runs nothing")
                continue
            }
        }
    }

    @Test func theProgramSaysSo() throws {
        let result = try FleetBinary().run("ps")
        #expect(result.status == 2 && result.error.contains("fleet ps → fleet runs\n"), "\(result.error)")
        #expect(
            try FleetBinary().run("host", "list", "--json").output.contains("fleet host list → fleet inventory list"))
    }

    /// No run is named: the last one is meant.
    @Test func logsAloneAreThoseOfTheLastRun() throws {
        let fleet = try FleetBinary.inProject()
        #expect(try fleet.run("run", "hello").status == 0)
        #expect(try fleet.run("logs").output == fleet.run("logs", "last").output)
        #expect(try !fleet.run("logs").output.isEmpty)
    }
}
