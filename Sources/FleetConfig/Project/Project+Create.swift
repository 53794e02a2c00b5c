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
            let path = "\(folder)/\(file.path)"
            try TextFile.makeFolder(TextFile.folder(of: path))
            try TextFile.write(file.text, toNew: path, mode: file.isExecutable ? 0o755 : 0o644)
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
    }

    static let files = [
        File(path: "inventory/hosts.yaml", text: hosts),
        File(path: "packages/hello/package.yaml", text: package),
        File(path: "packages/hello/hello.sh", text: script, isExecutable: true),
        File(path: ".gitignore", text: ".fleet/\n"),
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

    private static let package = """
        name: hello
        version: 1.0.0
        description: greets, and counts the letters of the name
        parameters:
          name: { type: string, default: world, help: { en: whom to greet, es: a quién saludar } }
        engines:
          sh: { methods: [docker, podman, native], run: sh hello.sh }
        metrics:
          letters: { type: int }

        """

    /// A worker reads its job as JSON on standard input and its parameters as flags, and keeps what it leaves in `out/`.
    private static let script = #"""
        #!/bin/sh
        # Called as: sh hello.sh --name NAME. Standard input has the whole job as JSON, which this worker does not need.
        set -eu

        name=world
        while [ $# -gt 0 ]; do
            case $1 in
                --name) name=$2; shift 2 ;;
                --name=*) name=${1#--name=}; shift ;;
                *) shift ;;
            esac
        done

        echo "hello, $name, from $(uname -n)"
        mkdir -p out
        printf '{"letters": %d}\n' "${#name}" > out/metrics.json

        """#
}
