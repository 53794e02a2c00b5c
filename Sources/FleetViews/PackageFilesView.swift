import FleetBase
import FleetConfig
package import FleetReleases

/// What `fleet package --list-files --json` prints.
package struct PackageFilesView: Codable, Sendable {
    package struct Row: Codable, Sendable {
        package let name: String
        package let files: [String]
        package let leftOut: [LeftOut]

        private enum CodingKeys: String, CodingKey {
            case name, files
            case leftOut = "left_out"
        }
    }

    package struct LeftOut: Codable, Sendable {
        /// A folder ends in a slash, and stands for all that is in it.
        package let path: String
        package let rule: String
        /// Where the rule stands: `default`, `exclude` or a line of `.fleetignore`.
        package let from: String
    }

    package let packages: [Row]

    package init(_ found: [(name: String, selection: PackageSelection)]) {
        packages = found.map { name, selection in
            let leftOut = selection.leftOut.map { entry in
                LeftOut(
                    path: "\(entry.path)\(entry.isFolder ? "/" : "")", rule: entry.rule.text, from: entry.rule.place)
            }
            return Row(name: name, files: selection.files.map(\.text), leftOut: leftOut)
        }
    }
}
