import Testing

@testable import FleetBase

@Suite struct MessageTests {
    @Test func fillsValuesInOrder() {
        let name = "pc"
        #expect(Message("\"\(name)\" is not a host name").text(in: .english) == "\"pc\" is not a host name")
    }

    @Test func translates() {
        #expect(Message("\"\("pc")\" is not a host name").text(in: .spanish) == "«pc» no es un nombre de host")
    }

    @Test func reordersByPosition() {
        #expect(Message.fill("%2$@ before %1$@, 100%", with: ["a", "b"]) == "b before a, 100%")
    }
}
