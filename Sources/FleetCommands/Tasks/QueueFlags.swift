import FleetArguments
import FleetBase
import FleetRuns

/// How a queue goes about it, for all commands that run one.
struct QueueFlags: ParsableArguments {
    @Flag(name: .long("no-duplicates"), help: Message("never start a second attempt of a task that takes long"))
    var noDuplicates
    @Option(
        name: .long("wait"), valueName: "TIME",
        help: Message("how long tasks wait for a host while no other task runs; 60s when left out"))
    var wait: Duration?

    var options: QueueOptions {
        var options = QueueOptions()
        options.duplicates = !noDuplicates
        options.waiting = wait ?? options.waiting
        return options
    }
}
