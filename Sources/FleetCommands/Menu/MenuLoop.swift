import FleetBase
import FleetTerminal

/// The menu on a terminal, until a person has chosen.
enum MenuLoop {
    /// - Parameter options: what was said before any command, which holds for each that is chosen.
    /// - Returns: the last command's exit status; nil where no terminal can show a menu.
    static func run(_ options: [String], _ context: CommandContext, _ console: Console) async -> Int32? {
        var status: Int32?
        repeat {
            let scene = await ThreadExecutor.disk.run { MenuScene(context) }
            guard let screen = FullScreen.open(environment: context.environment) else { return status }
            let held = ConsoleWriter.shared.hold()
            let entry = await choose(Menu(scene), on: screen, console.language)
            screen.close()
            held.release()
            guard !Task.isCancelled else { return ExitCode.cancelled.rawValue }
            guard let entry else { return status ?? ExitCode.success.rawValue }
            // What was chosen can be typed next time.
            console.note(Message(verbatim: "$ \(entry.line)"))
            var chosen = CommandContext(
                environment: context.environment, directory: context.directory, arguments: options + entry.words)
            chosen.settingsProblem = context.settingsProblem
            status = await FleetProgram.run(options + entry.words, chosen)
        } while await goesOn(console)
        return status
    }

    /// Leaves what a command has said on the screen until it was read.
    private static func goesOn(_ console: Console) async -> Bool {
        guard !Task.isCancelled else { return false }
        let answer = await Terminal(console).ask(Message("Enter: back to the menu, q: end"))
        return answer.map { $0.lowercased() != "q" } ?? false
    }

    /// - Returns: nil when a person wants nothing of it, or the terminal is gone.
    private static func choose(_ start: Menu, on screen: FullScreen, _ language: Language) async -> Menu.Entry? {
        var menu = start
        screen.show(MenuView(menu, language, size: screen.size).grid)
        for await input in screen.input {
            if case .key(let key) = input {
                switch menu.press(key) {
                case .run(let entry): return entry
                case .quit: return nil
                case .stop: screen.stop()
                case nil: break
                }
            }
            screen.show(MenuView(menu, language, size: screen.size).grid)
        }
        return nil
    }
}
