import FleetTesting
import Foundation
import Testing

/// Options count more than variables, and variables more than `~/.config/fleet/config.yaml`.
@Suite struct UserSettingsTests {
    private var fleet: FleetBinary

    init() throws {
        fleet = try FleetBinary()
        for name in ["one", "two", "three"] {
            try fleet.folder.write("hosts: { \(name): }\n", to: "\(name)/inventory/hosts.yaml")
            try fleet.folder.write("hosts: { other-\(name): }\n", to: "\(name)/other.yaml")
        }
        fleet.environment = ["XDG_CONFIG_HOME": fleet.folder.path + "/config"]
    }

    private func set(_ text: String) throws { try fleet.folder.write(text + "\n", to: "config/fleet/config.yaml") }

    /// With variables beside the file.
    private func run(_ words: String..., with variables: [String: String] = [:]) throws -> FleetBinary.Result {
        var fleet = fleet
        fleet.environment.merge(variables) { $1 }
        return try fleet.run(words)
    }

    private func hosts(_ words: String..., with variables: [String: String] = [:]) throws -> [String] {
        var fleet = fleet
        fleet.environment.merge(variables) { $1 }
        let hosts = try fleet.run(["inventory", "list", "--json"] + words).json()["hosts"] as? [[String: Any]]
        return (hosts ?? []).compactMap { $0["name"] as? String }
    }

    @Test func aProjectIsTakenFromTheNearestOfThree() throws {
        let folder = fleet.folder.path
        try set("project: \(folder)/one")
        #expect(try hosts() == ["one"])
        #expect(try hosts(with: ["FLEET_PROJECT": "\(folder)/two"]) == ["two"])
        #expect(try hosts("--project", "three", with: ["FLEET_PROJECT": "\(folder)/two"]) == ["three"])
        #expect(try hosts(with: ["FLEET_PROJECT": ""]) == ["one"], "an empty variable is as none")
    }

    @Test func anInventoryIsTakenFromTheNearestOfThree() throws {
        let folder = fleet.folder.path
        try set("project: \(folder)/one\ninventory: \(folder)/one/other.yaml")
        #expect(try hosts() == ["other-one"])
        #expect(try hosts(with: ["FLEET_INVENTORY": "\(folder)/two/other.yaml"]) == ["other-two"])
        let words = ["--inventory", "three/other.yaml"]
        #expect(
            try hosts(words[0], words[1], with: ["FLEET_INVENTORY": "\(folder)/two/other.yaml"]) == ["other-three"])
    }

    @Test func aLanguageIsTakenFromTheNearestOfThree() throws {
        try set("lang: es")
        let isSpanish = { (result: FleetBinary.Result) in result.error.contains("subcomando desconocido") }
        #expect(try isSpanish(run("nope")))
        #expect(try !isSpanish(run("nope", with: ["FLEET_LANG": "en"])))
        #expect(try isSpanish(run("nope", "--lang", "es", with: ["FLEET_LANG": "en"])))
        #expect(try run("push", "--help").output.contains("EJEMPLOS"))
        #expect(try run("inventory", "list").error.contains("carpeta"))
        #expect(try run("inventory", "list", with: ["FLEET_LANG": "en"]).error.contains("no folder from"))
        #expect(try run("--complete", "chec").output.contains("lee todos"))
    }

    /// - Returns: whether an error is red on a terminal.
    private func isColourful(_ words: String..., with variables: [String: String] = [:]) throws -> Bool {
        let terminal = try PseudoTerminal(columns: 80)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: FleetBinary.path)
        process.arguments = ["inventory", "show", "nobody", "--project", "one"] + words
        process.currentDirectoryURL = URL(fileURLWithPath: fleet.folder.path)
        process.environment = ["HOME": fleet.folder.path, "TERM": "xterm"].merging(fleet.environment) { $1 }
            .merging(variables) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle(fileDescriptor: terminal.descriptor, closeOnDealloc: false)
        try process.run()
        process.waitUntilExit()
        let text = String(decoding: terminal.read(), as: UTF8.self)
        #expect(text.contains("error:"))
        return text.contains("\u{1B}[31merror:")
    }

    @Test func coloursAreTakenFromTheNearestOfThree() throws {
        #expect(try isColourful())
        try set("color: never")
        #expect(try !isColourful())
        #expect(try isColourful(with: ["FLEET_COLOR": "auto"]))
        #expect(try !isColourful("--color", "never", with: ["FLEET_COLOR": "auto"]))
        #expect(try isColourful("--color=auto", with: ["FLEET_COLOR": "never"]))
        #expect(try !isColourful("--color=auto", with: ["NO_COLOR": "1"]))
    }

    /// A file or a pager gets them as well.
    @Test func coloursAreEverywhereWhereSomebodyWantsThem() throws {
        let isRed = { (result: FleetBinary.Result) in result.error.contains("\u{1B}[31merror:") }
        #expect(try !isRed(run("nope")))
        #expect(try isRed(run("nope", "--color", "always")))
        #expect(try isRed(run("nope", with: ["FLEET_COLOR": "always"])))
        try set("color: always")
        #expect(try isRed(run("nope")))
        #expect(try isRed(run("nope", with: ["NO_COLOR": "1"])), "the wish of one program counts more")
        #expect(try !isRed(run("nope", with: ["FLEET_COLOR": "auto"])))
        #expect(try !isRed(run("nope", "--color=never")))
    }

    @Test(arguments: [
        ("colour: auto", "config.yaml:1:1: unknown key \"colour\", did you mean \"color\"?"),
        ("project: work", "config.yaml:1:10: the path work does not begin with / or ~/"),
        ("lang: fr", "config.yaml:1:7: \"fr\" is none of: en, es"),
        ("color: red", "config.yaml:1:8: \"red\" is none of: auto, always, never"),
        ("- lang", "config.yaml:1:1: expected"),
    ]) func refusesWhatItDoesNotKnow(text: String, reason: String) throws {
        try set(text)
        let result = try run("inventory", "list", "--project", "one")
        #expect(result.status == 4 && result.error.contains(reason), "\(result.error)")
        if text.hasPrefix("colour") {
            #expect(result.error.contains("the keys that may stand here: lang, project, inventory, color"))
        }
    }

    @Test func aVariableIsNamedInWhatIsWrongWithIt() throws {
        let result = try run("inventory", "list", "--project", "one", with: ["FLEET_LANG": "fr"])
        #expect(result.status == 2 && result.error.contains("FLEET_LANG: \"fr\" is not one of en, es"))
    }

    /// Whoever asks how to mend it gets an answer.
    @Test func helpNeedsNoSettings() throws {
        try set("colour: auto")
        #expect(try run("check", "--help").status == 0)
        #expect(try run("--complete", "chec").output.hasPrefix("check"))
        #expect(try run("--version").status == 0)
    }

    @Test(arguments: ["", "# nothing yet", "lang:"]) func anEmptyFileSetsNothing(text: String) throws {
        try set(text)
        #expect(try hosts("--project", "one") == ["one"])
    }

    @Test func withoutXDGItLiesBelowTheHomeFolder() throws {
        try fleet.folder.write("project: ~/one\n", to: ".config/fleet/config.yaml")
        for folder in ["", "config"] {
            let variables = ["HOME": fleet.folder.path, "XDG_CONFIG_HOME": folder]
            #expect(try hosts(with: variables) == ["one"], "XDG_CONFIG_HOME=\(folder)")
        }
    }
}
