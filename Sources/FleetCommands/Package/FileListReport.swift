import FleetBase
import FleetConfig
import FleetReleases

/// The files of a package's folder that are in the package and those that are left out, as `--list-files --json` prints
/// them.
struct FileListReport: Encodable {
    struct LeftOut: Encodable {
        /// A folder ends in a slash, and stands for all that is in it.
        let path: String
        let rule: String
        /// Where the rule stands: see ``LeaveOutRule/place``.
        let from: String
    }

    let name: String
    let files: [String]
    let leftOut: [LeftOut]

    private enum CodingKeys: String, CodingKey {
        case name, files
        case leftOut = "left_out"
    }

    init(_ name: String, _ selection: PackageSelection) {
        self.name = name
        files = selection.files.map(\.text)
        leftOut = selection.leftOut.map { entry in
            LeftOut(
                path: "\(entry.path)\(entry.isFolder ? "/" : "")", rule: entry.rule.text, from: entry.rule.place)
        }
    }
}
