import FleetArguments
import FleetBase

/// A name by which browsers ask a server, as it stands in the header Host: `fleet.example.org`, `fleet.example.org:8080`.
struct ServerName: ExpressibleByArgument {
    let text: String

    init(argument: String) throws(ValueError) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        let labels = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let isName = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count)
                && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        }
        let isPort = parts.dropFirst().allSatisfy { (try? Port(String($0))) != nil }
        guard isName, isPort, parts[0].utf8.count <= 253, parts.count <= 2 else {
            throw ValueError(
                Message(
                    "\"\(argument)\" is no name of a server, such as fleet.example.org: letters, digits, dots, dashes"))
        }
        text = argument
    }
}
