import FleetBase
import FleetTerminal
import FleetTesting
import Foundation
import Testing

@testable import FleetArguments
@testable import FleetCommands

/// What `fleet` alone offers on a terminal.
@Suite struct MenuTests {
    private static let scenes: [(String, MenuScene)] = [
        ("nothing", MenuScene()),
        ("new", MenuScene(project: "work", hosts: 1, packages: ["hello"])),
        ("bare", MenuScene(project: "work")),
        ("broken", MenuScene(project: "work", isReadable: false, packages: ["hello"])),
        (
            "full",
            MenuScene(
                project: "work", hosts: 12, remoteHosts: 11, packages: ["ask", "benchmark", "hello", "sweep-pi"])
        ),
    ]

    init() { Catalogue.add(FleetProgram.words) }

    private func letters(_ scene: MenuScene) -> String { String(Menu(scene).entries.map(\.key)) }

    @Test func offersWhatCanBeDone() {
        #expect(Self.scenes.map { letters($0.1) } == ["idh", "asrmdh", "andh", "cdh", "sar23mdh"])
    }

    /// Each of them, in every state.
    @Test func everyEntryIsACommandLine() throws {
        for (_, scene) in Self.scenes {
            let menu = Menu(scene)
            #expect(
                Set(menu.entries.map(\.key)).count == menu.entries.count && !menu.entries.contains { $0.key == "q" })
            for entry in menu.entries {
                switch try Parser(FleetProgram.root).parse(entry.words) {
                case .run, .help: break
                case .version, .complete: Issue.record("\(entry.line)")
                }
            }
        }
    }

    @Test func arrowsAndLettersChoose() throws {
        var menu = Menu(Self.scenes[1].1)
        #expect(menu.press(.up) == nil && menu.chosen == menu.entries.count - 1)
        #expect(menu.press(.down) == nil && menu.chosen == 0)
        #expect(menu.press(.character("R")) == nil && menu.entries[menu.chosen].line == "fleet run hello")
        #expect(menu.press(.character("x")) == nil && menu.entries[menu.chosen].key == "r")
        guard case .run(let entry) = menu.press(.enter) else {
            Issue.record("Enter runs")
            return
        }
        #expect(entry.words == ["run", "hello"])
        for key in [Key.escape, .character("q"), .control("c")] {
            guard case .quit = menu.press(key) else {
                Issue.record("\(key) ends")
                return
            }
        }
    }

    @Test(arguments: [Language.english, .spanish]) func areTheKeptScreens(language: Language) throws {
        for (width, height) in KeptScreen.sizes {
            for (name, scene) in Self.scenes {
                var menu = Menu(scene)
                let grid = MenuView(menu, language, size: (width, height)).grid
                try KeptScreen.expect(grid.lines, are: "menu-\(name).\(width)x\(height).\(language.rawValue)")
                for _ in menu.entries {
                    let lines = MenuView(menu, language, size: (width, height)).grid.lines
                    #expect(lines.allSatisfy { !$0.contains("…") }, "\(lines)")
                    _ = menu.press(.down)
                }
            }
        }
    }

    @Test func keepsTheChosenRowOnASmallScreen() {
        var menu = Menu(Self.scenes[4].1)
        for _ in 0..<6 { _ = menu.press(.down) }
        let lines = MenuView(menu, .english, size: (40, 8)).grid.lines
        #expect(lines.contains { $0.contains("fleet demo") })
    }
}

extension Menu.Action? {
    fileprivate static func == (action: Menu.Action?, nothing: Never?) -> Bool {
        if case .none = action { true } else { false }
    }
}

/// The built program on a terminal of its own.
@Suite struct MenuProcessTests {
    private let fleet: FleetBinary

    init() throws { fleet = try FleetBinary() }

    private func start(_ terminal: DrawnTerminal, _ words: [String] = []) async throws -> Process {
        let process = try fleet.start(words, on: terminal)
        #expect(await eventually(within: .seconds(30)) { terminal.screen[0].hasPrefix("fleet ") })
        return process
    }

    @Test func runsWhatIsChosen() async throws {
        let terminal = try DrawnTerminal(columns: 80, rows: 24)
        let process = try await start(terminal)
        #expect(terminal.screen.contains { $0.contains("fleet init") })
        terminal.type("i\r")
        try await end(terminal, "$ fleet init", "\n")
        #expect(FileManager.default.fileExists(atPath: fleet.folder.path + "/inventory/hosts.yaml"))
        // The menu is there again, and offers what can be done now.
        #expect(
            await eventually(within: .seconds(30)) { terminal.screen.contains { $0.contains("fleet run hello") } })
        terminal.type("r\r")
        try await end(terminal, "$ fleet run hello", "q\n")
        process.waitUntilExit()
        #expect(process.terminationStatus == 0 && terminal.isWhole && terminal.text.contains("localhost"))
    }

    private func end(_ terminal: DrawnTerminal, _ line: String, _ answer: String) async throws {
        let question = "Enter: back to the menu, q: end:"
        #expect(
            await eventually(within: .seconds(60)) {
                guard let start = terminal.text.ranges(of: line).last else { return false }
                return terminal.text[start.upperBound...].contains(question)
            }, "\(terminal.text)")
        terminal.type(answer)
    }

    @Test(arguments: [["--lang", "es"], ["--lang=es", "--color", "never"]])
    func standsForAWordOnHowItIsShown(words: [String]) async throws {
        let terminal = try DrawnTerminal(columns: 80, rows: 24)
        let process = try await start(terminal, words)
        #expect(terminal.screen.contains { $0.contains("crea un proyecto en esta carpeta") })
        terminal.type("q")
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test(arguments: ["q", "\u{1B}", "\u{3}"]) func endsWithoutDoingAnything(key: String) async throws {
        let terminal = try DrawnTerminal(columns: 80, rows: 24)
        let process = try await start(terminal)
        terminal.type(key)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0 && terminal.isWhole)
    }

    @Test(arguments: [SIGTERM, SIGHUP, SIGSEGV]) func aSignalGivesTheTerminalBack(signal: Int32) async throws {
        let terminal = try DrawnTerminal(columns: 80, rows: 24)
        let process = try await start(terminal)
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        #expect(terminal.isWhole && (process.terminationReason == .uncaughtSignal || process.terminationStatus == 130))
    }

    @Test func tellsTheStatusOfWhatItRan() async throws {
        #expect(try fleet.run("init").status == 0)
        try fleet.folder.write("hosts: [\n", to: "inventory/hosts.yaml")
        let terminal = try DrawnTerminal(columns: 80, rows: 24)
        let process = try await start(terminal)
        terminal.type("\r")
        try await end(terminal, "$ fleet check", "q\n")
        process.waitUntilExit()
        #expect(process.terminationStatus == 4 && terminal.text.contains("$ fleet check"))
    }

    @Test func isTheHelpWithoutATerminal() throws {
        let result = try fleet.run([])
        #expect(result.status == 0 && result.output.contains("USAGE"))
    }
}
