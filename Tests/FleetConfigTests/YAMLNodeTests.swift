import FleetBase
import Testing

@testable import FleetConfig

@Suite struct YAMLNodeTests {
    @Test func keepsTheOrderOfKeys() throws {
        #expect(try yaml("b: 1\na: 2\nc: 3").entries().map(\.key) == ["b", "a", "c"])
    }

    @Test func countsLinesColumnsAndBytes() throws {
        let node = try #require(try yaml("año: 1\nniño:  {x: [é, z]}\n")["niño"]?["x"])
        #expect(node.place.description == "f.yaml:2:12")
        let z = try node.elements()[1]
        #expect(z.start.offset == "año: 1\nniño:  {x: [é, ".utf8.count)
    }

    @Test func countsBytesAfterAByteOrderMark() throws {
        #expect(try yaml("\u{FEFF}a: 1\n")["a"]?.start.offset == 6)
    }

    @Test func endsABlockMappingAtItsLastValue() throws {
        let text = "a:\n  b: 1\n\n# comment\nc: 2\n"
        #expect(try yaml(text)["a"]?.end.offset == "a:\n  b: 1".utf8.count)
    }

    @Test func readsAnEmptyTextAsNothing() throws {
        #expect(try yaml("# only a comment\n").isNull)
    }

    @Test func repeatsAnAliasedNode() throws {
        let node = try yaml("a: &x { user: leo }\nb: *x\n")
        #expect(node["b"]?["user"]?.json == .string("leo"))
    }

    @Test func refusesAnAliasInsideItsAnchor() {
        #expect(problem { try yaml("a: &x [*x]") } == "f.yaml:1:8: no anchor \"x\" above this alias")
    }

    @Test func refusesAnAliasBomb() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...12 {
            let alias = "*a\(level - 1)"
            text += "a\(level): &a\(level) [\(Array(repeating: alias, count: 10).joined(separator: ", "))]\n"
        }
        #expect(problem { try yaml(text) }.hasSuffix("too many values, aliases written out"))
    }

    @Test func refusesDeepNesting() {
        let text = String(repeating: "[", count: 70) + String(repeating: "]", count: 70)
        #expect(problem { try yaml(text) } == "f.yaml:1:65: nested too deeply")
    }

    @Test func refusesADuplicateKey() {
        #expect(problem { try yaml("a: 1\nb: 2\na: 3\n") } == "f.yaml:3:1: the key \"a\" stands in line 1 already")
    }

    @Test func refusesASecondDocument() {
        #expect(
            problem { try yaml("a: 1\n---\nb: 2\n") } == "f.yaml:2:1: a second document starts here: one file holds one"
        )
    }

    @Test func refusesAKeyThatIsAList() {
        #expect(problem { try yaml("? [a]\n: 1\n") } == "f.yaml:1:3: a key must be plain text")
    }

    @Test func refusesATag() {
        #expect(problem { try yaml("a: !!python/object x\n") }.hasSuffix("python/object is not supported"))
    }

    @Test func saysWhereATabIs() {
        do {
            _ = try yaml("a:\n\tb: 1\n")
            Issue.record("no error")
        } catch let error as ConfigError {
            #expect(error.message.text(in: .english).hasPrefix("f.yaml:2:1: not valid YAML: "))
            #expect(error.hint?.text(in: .english) == "indent with spaces: YAML allows no tabs there")
        } catch {
            Issue.record(error)
        }
    }

    @Test func refusesAnUnclosedQuote() {
        #expect(problem { try yaml("a: \"b\nc: d\n") }.contains("not valid YAML: found unexpected end of stream"))
    }

    @Test func refusesBytesThatAreNotUTF8() {
        let bytes: [UInt8] = Array("a: 1\nb: ".utf8) + [0xFF, 0x0A]
        #expect(problem { try YAMLNode(parsing: bytes, file: "f.yaml") }.hasPrefix("f.yaml:2:4: not valid YAML"))
    }

    @Test(arguments: [
        ("no", JSONValue.string("no")), ("yes", .string("yes")), ("True", .bool(true)), ("1_000", .string("1_000")),
        ("0x1F", .integer(31)), ("0o17", .integer(15)), ("017", .integer(17)), ("+5", .integer(5)),
        ("-5", .integer(-5)),
        ("1e3", .number(1000)), (".5", .number(0.5)), ("5.", .number(5)), ("~", .null), ("", .null),
        ("12:30", .string("12:30")), ("2026-11-21", .string("2026-11-21")), ("inf", .string("inf")),
        ("0x1p3", .string("0x1p3")), ("-", .string("-")), ("1.0.0", .string("1.0.0")), (".inf", .number(.infinity)),
        ("+-5", .string("+-5")), ("e5", .string("e5")),
    ])
    func typesPlainScalars(text: String, value: JSONValue) {
        #expect(CoreSchema.value(of: text) == value)
    }

    @Test func keepsQuotedScalarsTexts() throws {
        #expect(try yaml("'5'").json == .string("5"))
    }
}
