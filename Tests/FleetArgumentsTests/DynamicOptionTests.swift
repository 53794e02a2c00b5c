import FleetBase
import Testing

@testable import FleetArguments

@Suite struct DynamicOptionTests {
    private func values(_ words: String...) throws -> [String] {
        guard case .run(let run as Run) = try Parser(tool).parse(["run", "benchmark"] + words) else { return [] }
        return try run.parameters.values(of: particles, of: "benchmark").map { "\($0.name)=\($0.value)" }
    }

    @Test func readsThemBesideDeclaredOptions() throws {
        #expect(try values("--particles", "100", "--json", "--seed=-1") == ["particles=100", "seed=-1"])
    }

    @Test func knowsAliases() throws {
        #expect(try values("--NUM_PARTICULAS=5") == ["particles=5"])
    }

    @Test(arguments: [("--partciles", "--particles"), ("--projct", "--project")])
    func suggestsDynamicAndDeclaredNames(_ word: String, _ near: String) {
        #expect {
            try values(word, "1")
        } throws: {
            let error = $0 as? ArgumentError
            return error?.message.text(in: .english).hasSuffix("did you mean \"\(near)\"?") == true
                && error?.hint?.text(in: .english).contains("run benchmark --help") == true
        }
    }

    @Test func takesAnImpliedValueWhereNoneFollows() throws {
        #expect(try values("--plot", "--json", "--plot", "false") == ["plot=true", "plot=false"])
    }

    @Test func refusesThemWithoutAValue() {
        #expect {
            try values("--seed")
        } throws: {
            ($0 as? ArgumentError)?.code == .missingValue
        }
    }

    @Test func showsThemInHelp() throws {
        let words = ["run", "benchmark", "--seed", "1", "-h"]
        guard case .help(var page, let run as Run) = try Parser(tool).parse(words) else {
            Issue.record("no help")
            return
        }
        #expect(run.package == "benchmark")
        page.add(particles, under: Message(verbatim: "PARAMETERS"))
        let text = page.text(in: .english, width: 100)
        #expect(text.contains("  --particles INT  how many (also --NUM_PARTICULAS; default: 100)\n"))
    }
}
