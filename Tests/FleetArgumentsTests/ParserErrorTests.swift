import FleetBase
import Testing

@testable import FleetArguments

@Suite struct ParserErrorTests {
    init() { Catalogue.add { [Catalogue.arguments] } }

    @Test func suggestsSubcommands() {
        let error = failure("inventroy")
        #expect(error?.message.text(in: .english) == "unknown subcommand \"inventroy\", did you mean \"inventory\"?")
        #expect(error?.message.text(in: .spanish) == "subcomando desconocido «inventroy», ¿querías decir «inventory»?")
        #expect(error?.hint?.text(in: .english) == "see \"tool --help\"")
        #expect(error?.exitCode == .usage)
    }

    @Test func suggestsOptions() {
        let error = failure("inventory", "check", "--jsno")
        #expect(error?.message.text(in: .english) == "unknown option \"--jsno\", did you mean \"--json\"?")
    }

    @Test func neverSuggestsHiddenOptions() {
        let error = failure("inventory", "check", "--dry-rum")
        #expect(error?.message.text(in: .english) == "unknown option \"--dry-rum\"")
    }

    @Test(arguments: [
        (["inventory", "check", "--timeout"], ArgumentError.Code.missingValue),
        (["inventory", "check", "--timeout", "--json"], .missingValue),
        (["inventory", "check", "--json=yes"], .unexpectedValue),
        (["inventory", "check", "-x"], .unknownOption),
        (["inventory", "check", "extra"], .unexpectedArgument),
        (["inventory", "check", "--timeout", "soon"], .invalidValue),
        (["inventory", "check", "--hosts", "a,-b"], .invalidValue),
        (["inventory", "check", "--shape", "round"], .invalidValue),
        (["inventory", "check", "--all", "--hosts", "a"], .invalid),
        (["exec", "--", "ls"], .missingOption),
        (["exec", "--user", "ana"], .missingArgument),
        (["exec", "--user", "ana", "ls"], .unexpectedArgument),
        (["run"], .missingArgument),
        (["--project", "--json", "run"], .missingValue),
        (["--user", "run"], .unknownOption),
    ])
    func refuses(_ words: [String], as code: ArgumentError.Code) {
        #expect {
            _ = try Parser(tool).parse(words)
        } throws: {
            ($0 as? ArgumentError)?.code == code
        }
    }

    @Test func namesTheOptionOfABadValue() {
        let error = failure("inventory", "check", "-t", "soon")
        #expect(error?.message.text(in: .spanish) == "--timeout: «soon» no es un número entero")
    }

    @Test func saysWhereTheCommandGoes() {
        let hint = failure("exec", "--user", "ana", "ls")?.hint
        #expect(hint?.text(in: .english) == "the command to run goes after --: tool exec -- ls")
    }
}
