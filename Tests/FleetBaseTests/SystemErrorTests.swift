import FleetBase
import Glibc
import Testing

@Suite struct SystemErrorTests {
    /// In English it is what every other program says.
    @Test func saysWhatStrerrorSays() {
        for code in Int32(1)...133 {
            #expect(Message(systemError: code).text(in: .english) == String(cString: strerror(code)))
        }
    }

    @Test func isSaidInTheReadersLanguage() {
        let sentence = Message("can't read \("/x"): \(Message(systemError: ENOENT))")
        #expect(sentence.text(in: .spanish).hasSuffix("no existe el archivo o la carpeta"))
    }
}
