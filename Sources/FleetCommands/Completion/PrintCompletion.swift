import FleetArguments
import FleetBase

/// `fleet completion SHELL`: the script that a shell sources.
struct PrintCompletion: Command {
    static let configuration = CommandConfiguration(
        commandName: "completion", abstract: Message("print the completion script of a shell"),
        discussion: Message(
            "bash: eval \"$(fleet completion bash)\" in ~/.bashrc\nzsh: eval \"$(fleet completion zsh)\" in ~/.zshrc, after compinit\nfish: fleet completion fish > ~/.config/fish/completions/fleet.fish"
        ),
        examples: [
            CommandExample("eval \"$(fleet completion bash)\"", Message("completes with the Tab key in this bash")),
            CommandExample(
                "fleet completion fish >~/.config/fish/completions/fleet.fish",
                Message("completes in every fish from now on")),
        ])

    @OptionGroup var global: GlobalOptions
    @Argument(valueName: "SHELL", help: Message("bash, zsh or fish")) var shell: CompletionShell

    func run(_ context: CommandContext) async throws {
        let script = shell.script(for: "fleet")
        try context.show(global) { console in
            if global.json { try console.json(["script": script]) } else { console.output(Array(script.utf8)) }
        }
    }
}
