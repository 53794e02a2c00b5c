import FleetBase
import Testing

@testable import FleetConfig

/// What the reference says of keys is what the readers of the files take.
@Suite struct ReferenceTests {
    /// The rest of a file around a key, which stands in place of `%`; an example that is a mapping stands there whole.
    private static let frames: [String: String] = [
        "hosts.yaml/The file": "%", "hosts.yaml/A host": "hosts: { pc-leo: { address: localhost }, a: % }",
        "hosts.yaml/A group": "hosts: { pc-leo: { address: 192.0.2.7 } }\ngroups: { lab: { user: eva }, b: % }",
        "hosts.yaml/keep_events": "keep_events: %",
        "hosts.yaml/A broker of events": "events: [%]",
        "hosts.yaml/A secret": "events: [{ mqtt: mqtt://b/t, user: a, password: % }]",
        "hosts.yaml/keep": "events: [{ mqtt: mqtt://b/t, keep: % }]",
        "package.yaml/The package": "%",
        "package.yaml/A text in two languages": "\(package)description: %", "package.yaml/An engine": engine,
        "package.yaml/A build": "\(package)build: %", "package.yaml/An image": "\(package)image: %",
        "package.yaml/A parameter": "\(package)parameters: { times: % }",
        "package.yaml/A metric": "\(package)metrics: { greetings: % }", "package.yaml/Limits": "\(package)limits: %",
        "tasks.yaml/The file": "%", "tasks.yaml/A task": "tasks: [{ name: first, command: ls }, %]",
        "tasks.yaml/A matrix": "tasks: [{ package: greet, matrix: % }]",
        "tasks.yaml/What a task needs": "tasks: [{ package: greet, needs: % }]",
        "tasks.yaml/A secret": "tasks: [{ package: ask, secrets: { KEY: % } }]",
        "tasks.yaml/Limits": "tasks: [{ package: greet, limits: % }]", "config.yaml/The file": "%",
    ]
    private static let package = "name: a\nversion: 1\nengines: { sh: { methods: [native], run: a } }\n"
    private static let engine = "name: a\nversion: 1\nengines: { sh: % }"

    @Test(arguments: ConfigReference.all.map(\.name)) func everyExampleIsTaken(name: String) throws {
        let file = try #require(ConfigReference.all.first { $0.name == name })
        for list in file.keys.all {
            let frame = try #require(Self.frames["\(name)/\(list.title)"], "\(name)/\(list.title)")
            for key in list.keys {
                let text = Self.text(key, in: frame, of: list)
                #expect(Self.refusal(of: text, name) == "", "\(list.title), \(key.name): \(text)")
            }
        }
    }

    /// A reader that takes more than its list would let a misspelt key pass.
    @Test(arguments: ConfigReference.all.map(\.name)) func noListTakesAnotherKey(name: String) throws {
        let file = try #require(ConfigReference.all.first { $0.name == name })
        for list in file.keys.all where list.title != "A matrix" {
            let frame = try #require(Self.frames["\(name)/\(list.title)"])
            let text = frame == "%" ? "qqqqq: 1" : frame.replacing("%", with: "{ qqqqq: 1 }")
            #expect(Self.refusal(of: text, name).contains("qqqqq") || list.title == "A secret", "\(list.title)")
        }
    }

    @Test func aKeyStandsInItsExample() {
        for list in ConfigReference.all.flatMap(\.keys.all) {
            for key in list.keys { #expect(key.example.contains("\(key.name):"), "\(list.title), \(key.name)") }
        }
    }

    private static func text(_ key: ConfigKey, in frame: String, of list: KeyList) -> String {
        let isWhole = key.example.hasPrefix("{")
        if frame == "%" {
            // The keys that the file must have beside this one.
            let rest = list.keys.filter { $0.standard == nil && $0.name != key.name }.map(\.example)
            let hosts = key.name == "groups" ? ["hosts: { pc-leo: { address: 192.0.2.7 } }"] : []
            return (rest + hosts + [key.example]).joined(separator: "\n")
        }
        let rest = isWhole ? [] : list.keys.filter { $0.standard == nil && $0.name != key.name }.map(\.example)
        let extra = list.title == "A broker of events" && key.name == "password" ? ["user: fleet"] : []
        let inner = (rest + extra + [key.example]).joined(separator: ", ")
        return frame.replacing("%", with: isWhole ? key.example : "{ \(inner) }")
    }

    /// Empty for a text that the reader of the file takes.
    private static func refusal(of text: String, _ name: String) -> String {
        do {
            switch name {
            case "hosts.yaml": _ = try inventory(text)
            case "package.yaml": _ = try PackageFile(parsing: text, file: name)
            case "tasks.yaml": _ = try TasksFile(parsing: text, file: name)
            default: _ = try UserSettings(parsing: text, file: name)
            }
            return ""
        } catch let error as any DescribedError {
            return error.message.text(in: .english)
        } catch {
            return "\(error)"
        }
    }
}
