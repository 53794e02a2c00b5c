import Testing

@testable import FleetBase

@Suite struct WireTests {
    @Test func readsWhatItWrites() throws {
        for _ in 0..<200 {
            let number = UInt32.random(in: .min ... .max)
            let byte = UInt8.random(in: .min ... .max)
            let bytes = (0..<Int.random(in: 0...300)).map { _ in UInt8.random(in: .min ... .max) }
            var writer = WireWriter()
            writer.append(number)
            writer.append(byte: byte)
            writer.append(string: bytes)
            writer.append(string: "héllo")
            var reader = WireReader(writer.bytes)
            #expect(try reader.uint32() == number)
            #expect(try reader.byte() == byte)
            #expect(try reader.bytes() == bytes)
            #expect(try reader.string() == "héllo")
            #expect(reader.isAtEnd)
        }
    }

    /// RFC 4251, 5: no leading zeros, a zero byte before a high bit.
    @Test(
        arguments: [
            ([], [0, 0, 0, 0]), ([0, 0], [0, 0, 0, 0]), ([0x80], [0, 0, 0, 2, 0, 0x80]),
            ([0, 0x7f], [0, 0, 0, 1, 0x7f]),
            ([0x09, 0xa3], [0, 0, 0, 2, 0x09, 0xa3]),
        ] as [([UInt8], [UInt8])])
    func writesNumbers(magnitude: [UInt8], wire: [UInt8]) {
        var writer = WireWriter()
        writer.append(mpint: magnitude)
        #expect(writer.bytes == wire)
    }

    @Test(arguments: [[], [0], [0, 0, 0, 1], [0, 0, 0, 5, 1, 2], [0xff, 0xff, 0xff, 0xff, 1]] as [[UInt8]])
    func refusesWhatIsCutOff(bytes: [UInt8]) {
        var reader = WireReader(bytes)
        #expect(throws: WireReader.Truncated.self) { try reader.bytes() }
    }
}
