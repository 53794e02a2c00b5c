import Testing

@testable import FleetBase

/// Values that hosts, ledgers and files hand in never stop the program.
@Suite struct BoundedValueTests {
    @Test func aSizeIsNeverBelowZeroNorTooLarge() {
        #expect(ByteCount(Int64.min).bytes == 0 && ByteCount(-1).bytes == 0)
        #expect(ByteCount(UInt64.max).bytes == .max)
        #expect((ByteCount(Int64.max) + ByteCount(1)).bytes == .max)
    }

    @Test func aSumStaysAtItsBound() {
        #expect(Int.max.addingSaturated(1) == .max && Int.min.addingSaturated(-1) == .min && 2.addingSaturated(3) == 5)
        #expect(Int.max.multipliedSaturated(by: -2) == .min && Int.max.multipliedSaturated(by: 2) == .max)
    }

    @Test(arguments: [Double.nan, -1, 0, -Double.infinity]) func noTimeIsNone(seconds: Double) {
        #expect(Duration(bounded: seconds) == .zero)
    }

    @Test(arguments: [1e9, 1e300, Double.infinity]) func aTimeHasALongest(seconds: Double) {
        #expect(Duration(bounded: seconds) == .longest)
    }

    @Test func aMomentStaysBetweenTheYears1And9999() {
        let last = Timestamp(milliseconds: .max)
        #expect(last.description == "9999-12-31T23:59:59.999Z")
        #expect(last.adding(.seconds(1e15)) == last)
        #expect(Timestamp(milliseconds: .min).duration(since: last) < .zero)
    }

    @Test(arguments: ["2147483647-01-01T00:00:00Z", "0000-00-00T00:00:00Z", "99999-01-01T00:00:00Z"])
    func readsNoMomentThatIsNone(text: String) {
        #expect(throws: ValueError.self) { try Timestamp(parsing: text) }
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity]) func whatJSONHasNoWordForIsNull(number: Double) throws {
        #expect(
            try JSONText.encode(JSONValue.object(["a": .number(number), "b": .integer(1)])) == #"{"a":null,"b":1}"#)
    }
}
