import Testing

@testable import FleetBase

@Suite struct MessageTests {
    @Test func fillsValuesInOrder() {
        let name = "pc"
        #expect(Message("\"\(name)\" is not a host name").text(in: .english) == "\"pc\" is not a host name")
    }

    @Test func translates() {
        #expect(Message("\"\("pc")\" is not a SHA-256 digest").text(in: .spanish) == "«pc» no es un resumen SHA-256")
    }

    @Test func makesItsValuesHarmless() {
        let name = "\u{1B}[2J\n\u{202E}pc"
        #expect(
            Message("\"\(name)\" is not a host name").text(in: .english) == "\"^[[2J <U+202E>pc\" is not a host name")
        #expect(Message(verbatim: name).text(in: .english) == "^[[2J <U+202E>pc")
    }

    @Test func reordersByPosition() {
        #expect(Message.fill("%2$@ before %1$@, 100%", with: ["a", "b"]) == "b before a, 100%")
    }
}
