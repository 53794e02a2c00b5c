import FleetBase
import Glibc

extension Project {
    /// Makes a project with this machine as its only host and one small package.
    ///
    /// Files that are there already stay as they are.
    ///
    /// - Returns: the project and the files that were written, relative to its folder.
    package static func create(at folder: String) throws(ConfigError) -> (project: Project, written: [String]) {
        var written: [String] = []
        for file in ProjectTemplate.files where !TextFile.exists("\(folder)/\(file.path)") {
            try file.write(in: folder)
            written.append(file.path)
        }
        return (Project(folder: folder), written)
    }
}

/// The files of a new project.
enum ProjectTemplate {
    struct File {
        let path: String
        let text: String
        var isExecutable = false

        func write(in folder: String) throws(ConfigError) {
            let path = "\(folder)/\(path)"
            try TextFile.makeFolder(TextFile.folder(of: path))
            try TextFile.write(text, toNew: path, mode: isExecutable ? 0o755 : 0o644)
        }
    }

    static let files =
        [
            File(path: "inventory/hosts.yaml", text: hosts)
        ] + PackageSkeleton.shell.files(named: "hello") + [
            File(path: ".gitignore", text: ".fleet/\n")
        ]

    private static let hosts = """
        # The machines that fleet works with. `fleet host add` writes here too and keeps your comments.
        #
        # A host, and a group of hosts:
        #   worker-01:
        #     address: 192.0.2.10   # a name or an IP address; the host's own name when left out
        #     user: ana             # whatever is not said here comes from ~/.ssh/config
        #     jump: gateway         # reached through this host
        #     tags: [fast]
        #     slots: 4              # tasks at once; its cores when left out
        # groups:
        #   lab: { hosts: [worker-01], user: eva }
        #
        # Any key of a host may also stand in `defaults` or in a group. The nearest one wins: host, group, defaults.
        defaults:
          known_hosts: inventory/known_hosts   # the host keys that `fleet host add` pins
        hosts:
          localhost:
            transport: local        # this machine, without SSH

        """
}
