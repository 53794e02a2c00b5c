extension TasksFile {
    static let keys = KeyList(
        "The file",
        [
            ConfigKey(
                "tasks", "a list of tasks", default: "no tasks", "The work, in the order in which tables show it.",
                like: "tasks: [{ name: count, command: ls }]", of: TaskDefinition.keys)
        ])
}

extension TaskDefinition {
    static let keys = KeyList(
        "A task",
        [
            ConfigKey(
                "name", "a name", default: "the package's name",
                "What the task is called. Each name stands there once.",
                like: "{ name: count, command: ls }")
        ] + TaskWork.keys.keys + [
            ConfigKey(
                "engine", "a name", default: "the first one that the host can run",
                "The engine of the package. It works with `package` alone.", like: "{ package: greet, engine: sh }"),
            ConfigKey(
                "parameters", "a mapping: parameter → value", default: "the package's defaults",
                "Values that all its runs have. A command and Python code find them as variables: `times` as `TIMES`.",
                like: "{ package: greet, parameters: { times: 3 } }"),
            ConfigKey(
                "matrix", "a mapping: parameter → values", default: "one run",
                "Values to sweep over: each combination is a run. A list, one value, or a range such as `1..10` or `0..100..25`.",
                like: "{ package: greet, matrix: { times: [1..3, 50] } }", of: MatrixReader.keys),
            ConfigKey(
                "repeat", "1 or more", default: "1", "How often each combination runs.",
                like: "{ package: greet, repeat: 2 }"),
            ConfigKey(
                "needs", "a mapping", default: "any host", "What a host must have.",
                like: "{ package: greet, needs: { memory: 512M } }", of: Needs.keys),
            ConfigKey(
                "after", "a name or a list", default: "none", "The tasks that must be done before this one starts.",
                like: "{ package: greet, after: first }"),
            ConfigKey(
                "retries", ConfigKey.range(retryRange), default: "0",
                "How often the worker's own failure is tried again. Failures of hosts and lines do not count.",
                like: "{ package: greet, retries: 2 }"),
            ConfigKey(
                "timeout", "a time above 0, or a percentage from 100% on", default: "the package's, else 1h",
                "How long one attempt may take. `300%` is three times what the task's finished attempts took (their median).",
                like: "{ package: greet, timeout: 300% }"),
            ConfigKey(
                "lease", "a time above 0", default: "1h",
                "How long the job goes on while no master follows it.", like: "{ package: greet, lease: 12h }"),
            ConfigKey(
                "detach", "true or false", default: "false",
                "Whether the job goes on without a master to its time limit.",
                like: "{ package: greet, detach: true }"),
            ConfigKey(
                "env", "a mapping: variable → text", default: "none",
                "Variables of the worker. None begins with `FLEET_`.",
                like: "{ package: greet, env: { MODE: fast } }"),
            ConfigKey(
                "secrets", "a mapping: variable → secret", default: "none",
                "Secrets of the worker. They reach it on its standard input, and no file.",
                like: "{ package: ask, secrets: { GEMINI_API_KEY: { env: GEMINI_API_KEY } } }", of: SecretSource.keys),
            ConfigKey(
                "inputs", "a list of paths, or a mapping: target → source", default: "none",
                "Files and folders of the project that the worker finds in its folder.",
                like: "{ package: greet, inputs: { data.csv: ~/data/2026.csv } }"),
            ConfigKey(
                "outputs", "a list of patterns", default: "none",
                "What comes home beside `out/` and the two streams, from the worker's folder on.",
                like: "{ package: greet, outputs: [\"*.log\"] }"),
            ConfigKey(
                "verify", ConfigKey.range(verifyRange), default: "nothing is compared",
                "On how many different hosts the work is done. Their results must be the same.",
                like: "{ package: greet, verify: 2 }"),
            ConfigKey(
                "schedule", "a line as in crontab(5), or `every` and a time", default: "it runs when it is asked for",
                "When the task runs by itself, with `fleet schedule run` or `fleet schedule push`.",
                like: "{ package: greet, schedule: \"30 3 * * *\" }"),
            ConfigKey(
                "limits", "a mapping", default: "the package's", "How much one job may bring home.",
                like: "{ package: greet, limits: { size: 1G } }", of: ResultLimits.keys),
            ConfigKey(
                "incomplete", ConfigKey.words(ResultLimits.Incomplete.self), default: "the package's",
                "Whether results that did not come home whole count all the same.",
                like: "{ package: greet, incomplete: allow }"),
        ])
}

extension TaskWork {
    /// A task has one of them.
    static let keys = KeyList(
        "What a task does",
        [
            ConfigKey(
                "package", "a name", default: "`command` or `python` must be there", "The package that runs.",
                like: "package: greet"),
            ConfigKey(
                "command", "a text", default: "`package` or `python` must be there", "A line for sh.",
                like: "{ name: count, command: \"ls /proc | wc -l\" }"),
            ConfigKey(
                "python", "a text", default: "`package` or `command` must be there", "Code for Python 3.",
                like: "{ name: zen, python: import this }"),
        ])
}

extension MatrixReader {
    /// Every other key is a parameter.
    static let keys = KeyList(
        "A matrix",
        [
            ConfigKey(
                "include", "a list of mappings", default: "none",
                "Parameters that are added to the combinations that agree with them, else combinations of their own.",
                like: "{ times: [1, 2], include: [{ times: 1000 }] }"),
            ConfigKey(
                "exclude", "a list of mappings", default: "none", "Combinations that do not run.",
                like: "{ times: [1, 2], exclude: [{ times: 2 }] }"),
        ])
}

extension Needs {
    static let keys = KeyList(
        "What a task needs",
        [
            ConfigKey(
                "memory", "a size", default: "any", "The memory of the host; also what a container may take.",
                like: "memory: 512M"),
            ConfigKey("disk", "a size", default: "any", "The free room on the host's disk.", like: "disk: 2G"),
            ConfigKey(
                "cores", ConfigKey.range(coreRange), default: "any",
                "The cores of the host. The task takes as many slots; also what a container may take.", like: "cores: 2"
            ),
            ConfigKey(
                "gpu", "true or false", default: "false", "Whether the host must have a GPU that nvidia-smi shows.",
                like: "gpu: true"),
            ConfigKey(
                "arch", "a word or a list", default: "any", "One of these processors.", like: "arch: [x86_64, arm64]"),
            ConfigKey("tags", "a word or a list", default: "any", "All of these tags.", like: "tags: fast"),
            ConfigKey(
                "method", ConfigKey.words(Method.self), default: "the best one",
                "The method that starts the worker.", like: "method: docker"),
            ConfigKey(
                "hosts", "a name or a pattern, or a list", default: "any", "One of these hosts.",
                like: "hosts: [\"web-*\"]"),
        ])
}

extension ResultLimits {
    static let keys = KeyList(
        "Limits",
        [
            ConfigKey(
                "files", ConfigKey.range(counts), default: "2000000", "Files, folders and links together.",
                like: "files: 5000000"),
            ConfigKey("size", "a size", default: "32G", "All files together.", like: "size: 100G"),
        ])
}

extension SecretSource {
    static let keys = KeyList(
        "A secret",
        [
            ConfigKey(
                "env", "the name of a variable", default: "one of the three must be there",
                "The secret is in this variable of the master.", like: "env: GEMINI_API_KEY"),
            ConfigKey(
                "file", "a path", default: "one of the three must be there",
                "The secret is in this file of the master. A relative path begins at the project.",
                like: "file: ~/.config/broker-password"),
            ConfigKey(
                "command", "a line for sh", default: "one of the three must be there",
                "The secret is what this command prints on the master.", like: "command: pass show broker"),
        ])
}
