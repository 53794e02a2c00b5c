import FleetArguments
import FleetTesting
import Foundation
import Testing

/// Real shells complete the lines of the built program in a project of their own.
@Suite struct CompletionShellTests {
    private static func has(_ shell: String) -> Bool { (try? Program.path(shell)) != nil }

    private let fleet: FleetBinary

    init() throws {
        fleet = try FleetBinary.inProject()
        try fleet.folder.write("", to: "a folder/file")
        try fleet.folder.write("", to: ".fleet/results/20261121-131021-01e7/host/out/file")
    }

    /// What a line becomes after a Tab; `'` and blanks as the shell writes them.
    private static let lines = [
        ("fleet inve", "fleet inventory "),
        ("fleet run he", "fleet run hello "),
        ("fleet run 'he", "fleet run 'hello' "),
        ("fleet --lang=es run he", "fleet --lang=es run hello "),
        ("fleet inventory import --kind ansible-y", "fleet inventory import --kind ansible-yaml "),
        ("fleet exec --no-such-opt", "fleet exec --no-such-opt"),
        ("fleet push --dry", "fleet push --dry-run "),
        ("fleet run hello --method pod", "fleet run hello --method podman "),
        ("fleet host remove localh", "fleet host remove localhost "),
        ("fleet push --hosts localh", "fleet push --hosts localhost "),
        ("fleet logs 2026", "fleet logs 20261121-131021-01e7 "),
        ("fleet --project 'a folder' inve", "fleet --project 'a folder' inventory "),
        ("fleet --project pack", "fleet --project packages/"),
        ("fleet --project=pack", "fleet --project=packages/"),
        ("fleet --project a", "fleet --project a\\ folder/"),
        ("fleet inventory import inventory/ho", "fleet inventory import inventory/hosts.yaml "),
    ]

    @Test(
        .enabled(if: has("zsh"), "SKIPPED, zsh is not on this machine: scripts/setup installs it"), arguments: lines)
    func zshCompletes(line: String, completed: String) throws {
        #expect(try zsh(line) == completed)
    }

    @Test(
        .enabled(if: has("zsh"), "SKIPPED, zsh is not on this machine: scripts/setup installs it"), arguments: lines)
    func bashCompletes(line: String, completed: String) throws {
        #expect(try bash(line) == completed)
    }

    /// `complete -C` tells the last word alone.
    @Test(
        .enabled(if: has("fish"), "SKIPPED, fish is not on this machine: scripts/setup installs it"),
        arguments: [
            ("fleet inve", ["inventory"]),
            ("fleet run he", ["hello"]),
            ("fleet run 'he", ["hello"]),
            ("fleet --lang=", ["--lang=en", "--lang=es"]),
            ("fleet exec --no-such-opt", []),
            ("fleet push --dry", ["--dry-run"]),
            ("fleet run hello --method ", ["docker", "native", "podman", "python", "venv"]),
            ("fleet host remove localh", ["localhost"]),
            ("fleet logs 2026", ["20261121-131021-01e7"]),
            ("fleet --project pack", ["packages/"]),
            ("fleet --project=pack", ["--project=packages/"]),
            ("fleet --project a", ["a folder/"]),
            ("fleet inventory import inventory/ho", ["inventory/hosts.yaml"]),
        ])
    func fishCompletes(line: String, candidates: [String]) throws {
        let script = try fleet.folder.write(CompletionShell.fish.script(for: "fleet"), to: "script")
        let test = "source '\(script)'; complete -C (string join '' -- $LINE)"
        let output = try run(["fish", "--no-config", "-c", test], ["LINE": line])
        #expect(output.split(separator: "\n").map { String($0.split(separator: "\t")[0]) } == candidates)
    }

    @Test(.enabled(if: has("zsh"), "SKIPPED, zsh is not on this machine: scripts/setup installs it"))
    func zshLoadsTheScriptAsAFunction() throws {
        try fleet.folder.write(CompletionShell.zsh.script(for: "fleet"), to: "functions/_fleet")
        #expect(try zsh("fleet inve", loading: "fpath=('\(fleet.folder.path)/functions' $fpath)") == "fleet inventory ")
    }

    /// Types a line and a Tab into a zsh on a terminal of its own, and reads what stands there then.
    private func zsh(_ line: String, loading: String = "") throws -> String {
        let folder = fleet.folder.path
        if loading.isEmpty { try fleet.folder.write(CompletionShell.zsh.script(for: "fleet"), to: "script") }
        try fleet.folder.write(
            """
            \(loading)
            autoload -Uz compinit; compinit -u -D
            \(loading.isEmpty ? "source '\(folder)/script'" : "")
            report() { print -rn -- "$BUFFER" >'\(folder)/line'; exit; }
            zle -N report; bindkey '^G' report; print REA""DY
            """, to: "start")
        return try type(line, into: "zsh -f -i")
    }

    /// The same in a bash, on a terminal that zsh makes.
    private func bash(_ line: String) throws -> String {
        let folder = fleet.folder.path
        try fleet.folder.write(CompletionShell.bash.script(for: "fleet"), to: "script")
        try fleet.folder.write(
            """
            source '\(folder)/script'
            report() { printf %s "$READLINE_LINE" >'\(folder)/line'; exit; }
            bind -x '"\\C-g": report'
            echo REA""DY

            """, to: "start")
        return try type(line, into: "INPUTRC=/dev/null bash --norc --noprofile -i")
    }

    /// Types a line and a Tab into a shell on a terminal that zsh makes, once it has read the file `start`, and reads what
    /// stands in its line then.
    private func type(_ line: String, into shell: String) throws -> String {
        let drive = """
            zmodload zsh/zpty
            zpty shell '\(shell)'
            zpty -w shell "source '\(fleet.folder.path)/start'"
            zpty -r shell seen '*READY*'
            zpty -w -n shell "$LINE"$'\\t\\x07'
            while zpty -r shell seen; do :; done
            """
        // The keys are typed once the shell is ready; what goes wrong must not last for ever.
        _ = try run(["timeout", "60", "zsh", "-f", "-c", drive], ["LINE": line])
        return try fleet.folder.read("line")
    }

    private func run(_ words: [String], _ variables: [String: String]) throws -> String {
        let path = URL(fileURLWithPath: FleetBinary.path).deletingLastPathComponent().path
        let inherited = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let environment = ["PATH": "\(path):\(inherited)", "HOME": fleet.folder.path, "LANG": "C.UTF-8"]
        let process = "cd \"$PROJECT\" && exec \"$@\""
        let output = try? Program.run(
            ["sh", "-c", process, "sh"] + words,
            environment: environment.merging(variables) { $1 }.merging(["PROJECT": fleet.folder.path]) { $1 })
        return String(decoding: output ?? [], as: UTF8.self)
    }
}
