import FleetBase
import Testing

@testable import FleetArguments

@Suite struct ParserTests {
    @Test func readsOptionsOfNestedCommand() throws {
        let check = try #require(try parse(InventoryCheck.self, "inventory", "check", "--timeout", "9", "--json"))
        #expect(check.timeout == 9)
        #expect(check.output.json)
        #expect(!check.output.quiet)
    }

    @Test(arguments: [["--timeout=7"], ["--timeout", "7"], ["-t", "7"], ["-t7"], ["-t=7"], ["-jt7"], ["-jqt", "7"]])
    func readsEverySpellingOfAnOption(_ words: [String]) throws {
        guard case .run(let command as InventoryCheck) = try Parser(tool).parse(["inventory", "check"] + words) else {
            Issue.record("no command")
            return
        }
        #expect(command.timeout == 7)
    }

    @Test func combinesShortFlags() throws {
        let check = try #require(try parse(InventoryCheck.self, "inventory", "check", "-jq"))
        #expect(check.output.json && check.output.quiet)
    }

    @Test func keepsDefaults() throws {
        let check = try #require(try parse(InventoryCheck.self, "inventory", "check"))
        #expect(check.timeout == 5)
        #expect(check.shape == .table)
        #expect(check.output.project == nil)
    }

    @Test func repeatsOptionsAndReadsCommaLists() throws {
        let check = try #require(try parse(InventoryCheck.self, "inventory", "check", "--hosts", "a,b", "--hosts=c"))
        #expect(check.selection.hosts.map(\.text) == ["a", "b", "c"])
    }

    @Test func takesTheLastValueOfASingleOption() throws {
        #expect(try parse(InventoryCheck.self, "inventory", "check", "-t1", "-t2")?.timeout == 2)
    }

    @Test func acceptsNegativeNumbersAsValues() throws {
        #expect(try parse(InventoryCheck.self, "inventory", "check", "-t", "-3")?.timeout == -3)
    }

    @Test func readsOptionsBeforeTheSubcommand() throws {
        let check = try #require(try parse(InventoryCheck.self, "--project", "/p", "-jq", "inventory", "check"))
        #expect(check.output.project == "/p")
        #expect(check.output.json && check.output.quiet)
    }

    @Test func takesEverythingAfterTheTerminator() throws {
        let exec = try #require(try parse(Exec.self, "exec", "--user", "ana", "--", "ls", "-la", "--", "--help"))
        #expect(exec.words == ["ls", "-la", "--", "--help"])
    }

    @Test func treatsWordsAfterTheTerminatorAsPositional() throws {
        #expect(try parse(Run.self, "run", "--", "--odd")?.package == "--odd")
    }

    @Test func assignsPositionalsInOrder() throws {
        let run = try #require(try parse(Run.self, "run", "benchmark", "native", "a", "b"))
        #expect(run.package == "benchmark")
        #expect(run.engine == "native")
        #expect(run.files == ["a", "b"])
    }

    @Test func leavesOptionalArgumentsOut() throws {
        #expect(try parse(Run.self, "run", "benchmark")?.engine == nil)
    }

    @Test func readsTheEnvironmentWhereTheOptionIsMissing() throws {
        let environment = ["TOOL_PROJECT": "/env"]
        let plain = try parse(InventoryCheck.self, "inventory", "check", environment: environment)
        #expect(plain?.output.project == "/env")
        let given = try parse(InventoryCheck.self, "inventory", "check", "--project=/word", environment: environment)
        #expect(given?.output.project == "/word")
    }

    @Test func answersVersion() throws {
        guard case .version = try Parser(tool).parse(["--version"]) else {
            Issue.record("no version")
            return
        }
    }
}
