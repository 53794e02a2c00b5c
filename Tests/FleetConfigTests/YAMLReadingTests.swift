import FleetBase
import Testing

@testable import FleetConfig

@Suite struct YAMLReadingTests {
    @Test func namesTheNearestKey() {
        let text = "name: a\n  \nvesion: 1\n"
        #expect(
            problem { try YAMLSection(yaml(text), keys: keys(["name", "version"])) }
                == "f.yaml:3:1: unknown key \"vesion\", did you mean \"version\"?")
    }

    @Test func namesNoKeyThatIsFar() {
        #expect(problem { try YAMLSection(yaml("zzz: 1"), keys: keys(["name"])) } == "f.yaml:1:1: unknown key \"zzz\"")
    }

    @Test func namesTheMissingKey() {
        #expect(
            problem { try YAMLSection(yaml("a: 1"), keys: keys(["a", "b"])).required("b") }
                == "f.yaml:1:1: the key \"b\" is missing")
    }

    @Test func takesAnEmptyValueAsMissing() throws {
        #expect(try YAMLSection(yaml("a:"), keys: keys(["a"]))["a"] == nil)
    }

    @Test func saysWhatANumberShouldBe() {
        #expect(problem { try yaml("'5'").int() } == "f.yaml:1:1: expected a whole number, found the text \"5\"")
    }

    @Test func saysThatAListIsNoText() {
        #expect(problem { try yaml("[a]").string() } == "f.yaml:1:1: expected a text, found a list")
    }

    @Test func saysThatNothingIsNoText() {
        #expect(problem { try yaml("a: ~")["a"]!.string() } == "f.yaml:1:4: expected a text, found nothing")
    }

    @Test func takesNoForAText() {
        #expect(problem { try yaml("no").bool() } == "f.yaml:1:1: expected true or false, found no")
    }

    @Test func readsANumberAsText() throws {
        #expect(try yaml("1.0").string() == "1.0")
    }

    @Test func readsOneTextAsAList() throws {
        #expect(try yaml("a").strings() == ["a"])
    }

    @Test func readsAListOfTexts() throws {
        #expect(try yaml("[a, 5]").strings() == ["a", "5"])
    }

    @Test func readsDurations() throws {
        #expect(try yaml("10m").duration() == .seconds(600))
    }

    @Test func placesAValueError() {
        #expect(problem { try yaml("a: 12q")["a"]!.byteCount() } == "f.yaml:1:4: \"12q\" is not a size such as 512M")
    }
}
