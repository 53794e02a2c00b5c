import FleetBase
import FleetConfig
import Synchronization
import Testing

@testable import FleetCommands
@testable import FleetTerminal

/// A terminal at which somebody types these lines.
private func terminal(_ lines: String...) -> Terminal {
    let typed = Typed(lines)
    let console = Console(language: .english, isQuiet: true, environment: [:])
    return Terminal(console, isThere: true) { typed.next() }
}

private final class Typed: Sendable {
    private let lines: Mutex<[String]>

    init(_ lines: [String]) { self.lines = Mutex(lines) }

    func next() -> String? { lines.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
}

@Suite struct TerminalTests {
    @Test(arguments: ["y", "Yes", "s", "sí"]) func takesAYesInBothLanguages(answer: String) async {
        #expect(await terminal(answer).confirm("?"))
    }

    @Test(arguments: ["", "n", "No"]) func takesNothingForANo(answer: String) async {
        #expect(await !terminal(answer, "y").confirm("?"))
    }

    @Test func asksAgainForWhatIsNeither() async {
        #expect(await terminal("maybe", "yy", "y").confirm("?"))
        #expect(await !terminal("maybe", "").confirm("?"))
    }

    @Test func takesTheEndOfInputForANo() async {
        #expect(await !terminal().confirm("?"))
    }

    @Test func anEmptyAnswerIsTheStandardOne() async {
        #expect(await terminal("").ask("port", standard: "22") == "22")
    }

    @Test func asksForAHostAndAgainForWhatIsWrong() async throws {
        let taken = [try HostName("pc")]
        let host = await questions(
            terminal("", "192.0.2.", "192.0.2.7", "pc", "", "no such", "leo", "70000", "2222"), taken
        )
        .complete(NewHost())
        let expected = NewHost(
            name: "worker-07", address: "192.0.2.7", user: "leo", port: try Port("2222"))
        #expect(host == expected)
    }

    @Test func asksOnlyForWhatIsLeftOut() async throws {
        let given = NewHost(name: "pc", address: "ana@192.0.2.7:2222")
        #expect(await questions(terminal()).complete(given) == given)
        let rest = await questions(terminal("", "")).complete(NewHost(name: "pc", address: "vps"))
        #expect(rest == NewHost(name: "pc", address: "vps"))
    }

    @Test func takesANameForTheAddress() async {
        #expect(await questions(terminal("", "", "")).complete(NewHost(name: "pc")) == NewHost(name: "pc"))
    }

    @Test func keepsWhatWasTypedWhenAnAddressIsMended() async throws {
        let typed = NewHost(name: "pc", address: "192.0.2.7", user: "leo", port: try Port("2222"))
        #expect(await questions(terminal("", "")).correct(typed) == typed)
        let other = await questions(terminal("192.0.2.8", "22")).correct(typed)
        #expect(other == NewHost(name: "pc", address: "192.0.2.8", user: "leo"))
        let whole = await questions(terminal("ana@192.0.2.9:23")).correct(typed)
        #expect(whole == NewHost(name: "pc", address: "192.0.2.9", user: "ana", port: try Port("23")))
    }

    @Test func asksNoFurtherWhenNobodyAnswers() async {
        #expect(await questions(terminal("192.0.2.7")).complete(NewHost()) == nil)
    }

    private func questions(_ terminal: Terminal, _ taken: [HostName] = []) -> NewHostQuestions {
        NewHostQuestions(terminal: terminal, taken: taken, localUser: "me")
    }
}

@Suite struct NewHostTests {
    @Test(arguments: [
        ("192.0.2.11", "worker-11"), ("192.0.2.5", "worker-05"), ("vps.example.org", "vps"), ("2001:db8::1", nil),
    ]) func namesAHostAfterItsAddress(address: String, name: String?) {
        #expect(NewHost.name(for: address) == name)
    }

    @Test func takesALoneAddressForTheAddress() throws {
        let draft = try NewHost(name: "ana@192.0.2.11:2222").draft(taken: [])
        #expect(draft.name.text == "worker-11" && draft.address == "192.0.2.11" && draft.user == "ana")
        #expect(draft.port?.number == 2222)
    }

    @Test func takesALoneNameForTheName() throws {
        let draft = try NewHost(name: "pc-leo").draft(taken: [])
        #expect(draft.name.text == "pc-leo" && draft.address == nil)
    }

    @Test(arguments: [
        NewHost(name: "pc", address: "300.1.1.1"), NewHost(name: "pc", address: "127.0.0."),
        NewHost(name: "pc", address: "127.0.11"), NewHost(name: "pc", address: "vps", user: "no such"),
        NewHost(name: "pc", address: "a\tb@vps"), NewHost(name: "pc", address: "vps:99999"), NewHost(name: "taken"),
    ]) func refusesWhatCanNotBe(host: NewHost) throws {
        let taken = [try HostName("taken")]
        #expect(throws: (any Error).self) { try host.check(taken: taken) }
    }

    @Test(arguments: ["192.0.2.7", "2001:db8::1", "vps-3", "3com.example.org", "1.2.3.4.in-addr.arpa"])
    func takesWhatCanBeAnAddress(address: String) throws {
        try NewHost(name: "pc", address: address).check(taken: [])
    }

    @Test func refusesADerivedNameThatIsTaken() throws {
        let taken = [try HostName("worker-11")]
        #expect(throws: (any Error).self) { try NewHost(address: "192.0.2.11").draft(taken: taken) }
    }
}
