import FleetArguments
import FleetBase

/// `--timeout TIME`: always more than nothing, since nothing runs for ever and nothing can be done in no time.
struct StopTime: ExpressibleByArgument {
    let duration: Duration

    init(argument: String) throws(ValueError) { duration = try Duration(parsingLimit: argument) }
}
