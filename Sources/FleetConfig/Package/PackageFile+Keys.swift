extension PackageFile {
    static let keys = KeyList(
        "The package",
        [
            ConfigKey("name", "a name", default: nil, "What the package is called.", like: "name: greet"),
            ConfigKey(
                "version", "a name", default: nil,
                "The author's version. fleet adds a digest of the content: `1.0.0-5c753b7e6f11`.",
                like: "version: 1.0.0"),
            ConfigKey(
                "description", "a text, or one a language", default: "none", "What the package does, for its help.",
                like: "description: { en: greets, es: saluda }", of: localizedKeys),
            ConfigKey(
                "engines", "a mapping: name of the engine → its keys", default: nil,
                "The ways to do the work. The first one that a host can run is taken.",
                like: "engines: { sh: { methods: [native], run: ./greet.sh } }", of: PackageEngine.keys),
            ConfigKey(
                "parameters", "a mapping: name of the parameter → its keys", default: "none",
                "What a run can set. The worker gets each as a flag: `--times 3`.",
                like: "parameters: { times: { type: int, default: 3 } }", of: Parameter.keys),
            ConfigKey(
                "metrics", "a mapping: name of the metric → its keys", default: "none",
                "What the worker writes into `out/metrics.json`.", like: "metrics: { greetings: { type: int } }",
                of: Metric.keys),
            ConfigKey(
                "files", "a pattern or a list", default: "all files of the folder",
                "The files that belong to the package, in the syntax of gitignore(5).", like: "files: [\"*.sh\", data/]"
            ),
            ConfigKey(
                "exclude", "a pattern or a list", default: "nothing more",
                "What stays out, after fleet's usual rules and `.fleetignore`. `!` in front brings back.",
                like: "exclude: [\"*.log\", \"!keep.log\"]"),
            ConfigKey(
                "image", "a mapping", default: "no image",
                "The container image of the engines that have none of their own.",
                like: "image: { from: scratch }", of: PackageImage.keys),
            ConfigKey(
                "build", "a mapping", default: "nothing is built",
                "What the master does in the folder before it packs.",
                like: "build: { run: make, inputs: [\"*.c\"], outputs: [greet] }", of: BuildStep.keys),
            ConfigKey(
                "timeout", "a time above 0", default: "1h", "How long one run of the worker may take.",
                like: "timeout: 10m"),
            ConfigKey(
                "limits", "a mapping", default: "2000000 files and 32G", "How much one job may bring home.",
                like: "limits: { files: 5000000, size: 100G }", of: ResultLimits.keys),
            ConfigKey(
                "incomplete", ConfigKey.words(ResultLimits.Incomplete.self), default: "`refuse`",
                "Whether results that did not come home whole count all the same.", like: "incomplete: allow"),
        ])

    static let localizedKeys = KeyList(
        "A text in two languages",
        [
            ConfigKey("en", "a text", default: nil, "In English.", like: "en: greets"),
            ConfigKey("es", "a text", default: "the English one", "In Spanish.", like: "{ en: greets, es: saluda }"),
        ])
}

extension PackageEngine {
    static let keys = KeyList(
        "An engine",
        [
            ConfigKey(
                "methods", "\(ConfigKey.words(Method.self)), or a list", default: nil,
                "How the program can be started. Of those that a host has, the first in this order is taken.",
                like: "methods: [docker, native]"),
            ConfigKey(
                "run", "a command line, or a list of words", default: nil,
                "The worker's command. No shell reads it. `./` is the package.", like: "run: ./greet.sh"),
            ConfigKey(
                "arch", "a word or a list", default: "any", "Processors, as uname(1) or docker calls them.",
                like: "arch: [x86_64, arm64]"),
            ConfigKey(
                "requirements", "a path in the package", default: "none",
                "A file for pip. With the method `venv` its packages are installed in the environment.",
                like: "requirements: requirements.txt"),
            ConfigKey(
                "requires", "\(ConfigKey.words(HostTool.self)), or a list", default: "nothing",
                "Programs that a host must have. A container has them in its image.", like: "requires: java"),
            ConfigKey(
                "build", "a mapping", default: "nothing is built",
                "What the master builds for this engine. Without the `tool` the package goes without the engine.",
                like: "build: { run: make, outputs: [greet], tool: cc }", of: BuildStep.keys),
            ConfigKey(
                "image", "a mapping", default: "the package's", "The image of this engine.",
                like: "image: { from: python }", of: PackageImage.keys),
        ])
}

extension PackageImage {
    static let keys = KeyList(
        "An image",
        [
            ConfigKey(
                "from", "`scratch`, \(ConfigKey.words(PackageImage.Runtime.self)), or a path",
                default: "`build` must be there",
                "What lies below the package: nothing, what this machine runs Python or Java with, or a root file system, an archive of `docker save`, an OCI layout.",
                like: "from: scratch"),
            ConfigKey(
                "build", "a path in the package", default: "`from` must be there",
                "A Dockerfile that docker or podman of the master builds.", like: "build: Dockerfile"),
            ConfigKey(
                "entrypoint", "a command line, or a list of words", default: "none",
                "What stands before every engine's command.", like: "{ from: python, entrypoint: /usr/bin/env }"),
            ConfigKey(
                "env", "a mapping: variable → text", default: "none", "The environment of its containers.",
                like: "{ from: python, env: { MODE: fast } }"),
            ConfigKey(
                "workdir", "a path", default: "none",
                "Where a container begins that a person starts. A run begins in its own folder.",
                like: "{ from: scratch, workdir: /opt/fleet }"),
            ConfigKey(
                "network", "true or false", default: "false", "Whether its containers get a network.",
                like: "{ from: scratch, network: true }"),
        ])
}

extension Parameter {
    static let keys = KeyList(
        "A parameter",
        [
            ConfigKey(
                "type", ConfigKey.words(TypeName.self), default: nil, "What its values are.",
                like: "type: int"),
            ConfigKey(
                "default", "a value", default: "every run must give one", "The value that counts without another.",
                like: "{ type: int, default: 3 }"),
            ConfigKey(
                "min", "a number, or `-.inf`", default: "no bound", "The smallest value, of `int` and `float`.",
                like: "{ type: int, min: 1 }"),
            ConfigKey(
                "max", "a number, or `.inf`", default: "no bound", "The largest value, of `int` and `float`.",
                like: "{ type: float, max: 0.5 }"),
            ConfigKey(
                "choices", "a list of words", default: "`choice` needs it", "The values of a `choice`.",
                like: "{ type: choice, choices: [slow, fast] }"),
            ConfigKey(
                "help", "a text, or one a language", default: "none", "What `fleet run NAME --help` says of it.",
                like: "{ type: int, help: how often }", of: PackageFile.localizedKeys),
            ConfigKey(
                "aliases", "a list of names", default: "none", "Other names that a run may use.",
                like: "{ type: int, aliases: [NUM_TIMES] }"),
        ])
}

extension Metric {
    static let keys = KeyList(
        "A metric",
        [
            ConfigKey(
                "type", ConfigKey.words(Kind.self), default: "`float`", "What its values are.",
                like: "type: int"),
            ConfigKey("unit", "a text", default: "none", "The unit, for reports.", like: "unit: s"),
            ConfigKey(
                "varies", "true or false", default: "false",
                "Whether it is another one each time, such as a duration. `verify` does not compare it then.",
                like: "varies: true"),
        ])
}

extension BuildStep {
    static let keys = KeyList(
        "A build",
        [
            ConfigKey(
                "run", "a command line, or a list of words", default: nil, "The command, in the package's folder.",
                like: "run: make"),
            ConfigKey(
                "inputs", "a pattern or a list", default: "all files of the folder but its outputs",
                "The files that it reads. While they are the same, nothing is built again.",
                like: "{ run: make, inputs: [\"*.c\"] }"),
            ConfigKey(
                "outputs", "a pattern or a list", default: "none",
                "The files that it leaves. They belong to the package, whatever a rule leaves out.",
                like: "{ run: make, outputs: [greet] }"),
            ConfigKey(
                "timeout", "a time above 0", default: "30m", "How long it may take.", like: "{ run: make, timeout: 5m }"
            ),
            ConfigKey(
                "tool", "a name", default: "none",
                "The program that it needs, such as a compiler. A master without the program packs without what is built.",
                like: "{ run: make, tool: cc }"),
        ])
}
