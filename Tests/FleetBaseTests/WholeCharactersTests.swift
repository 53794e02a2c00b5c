import Testing

@testable import FleetBase

@Suite struct WholeCharactersTests {
    @Test func cutsNoCharacter() {
        let bytes = Array("a€𝄞é".utf8)
        for cut in 0...bytes.count {
            var characters = WholeCharacters()
            let parts = [bytes[..<cut], bytes[cut...]].map { String(decoding: characters.take($0), as: UTF8.self) }
            #expect(parts.joined() == "a€𝄞é" && characters.end().isEmpty)
        }
    }

    @Test func givesTheRestAtTheEnd() {
        var characters = WholeCharacters()
        #expect(characters.take([97, 0xE2, 0x82]) == [97])
        #expect(characters.end() == [0xE2, 0x82] && characters.end().isEmpty)
    }
}
