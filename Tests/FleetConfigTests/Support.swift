import FleetBase
import FleetTesting
import Testing

@testable import FleetConfig

/// The English message of the ConfigError that `body` throws.
func problem(_ body: () throws -> some Any) -> String {
    do {
        _ = try body()
        return "no error"
    } catch let error as any DescribedError {
        return error.message.text(in: .english)
    } catch {
        return "\(error)"
    }
}

func yaml(_ text: String) throws -> YAMLNode { try YAMLNode(parsing: text, file: "f.yaml") }

let paths = PathBase(folder: "/project", home: "/home/ana")

func inventory(_ text: String) throws -> Inventory {
    try Inventory(parsing: text, file: "hosts.yaml", paths: paths)
}

/// A mapping with keys of these names.
func keys(_ names: [String]) -> KeyList {
    KeyList("a test", names.map { ConfigKey($0, "a text", default: "nothing", "", like: "\($0): a") })
}
