import FleetBase
import FleetTerminal

/// The menu on a terminal, until a person has chosen.
enum MenuLoop {
    /// - Returns: the command's exit status; nil where no terminal can show a menu.
    static func run(_ context: CommandContext, _ console: Console) async -> Int32? {
        let scene = await ThreadExecutor.disk.run { MenuScene(context) }
        guard let screen = FullScreen.open(environment: context.environment) else { return nil }
        let held = ConsoleWriter.shared.hold()
        let entry = await choose(Menu(scene), on: screen, console.language)
        screen.close()
        held.release()
        guard !Task.isCancelled else { return ExitCode.cancelled.rawValue }
        guard let entry else { return ExitCode.success.rawValue }
        // What was chosen can be typed next time.
        console.note(Message(verbatim: "$ \(entry.line)"))
        var chosen = CommandContext(
            environment: context.environment, directory: context.directory, arguments: entry.words)
        chosen.settingsProblem = context.settingsProblem
        return await FleetProgram.run(entry.words, chosen)
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
