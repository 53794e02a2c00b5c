import FleetBase
package import FleetConfig
import FleetHosts
import Glibc

/// A unit that keeps a command of fleet going, as systemd.service(5) has it.
package struct ServiceUnit: Sendable {
    /// What the unit is for.
    package enum Job: String, Sendable {
        case schedule, serve
    }

    package let text: String
    /// Where it goes: with the user's own units, and with the system's for root.
    package let path: String
    /// The commands that start it.
    package let next: [String]

    /// - Parameters:
    ///   - program: the path of fleet.
    ///   - words: what follows it on the command line.
    ///   - home: the user's home folder.
    ///   - language: as the variable LANG has it.
    /// - Throws: when a path holds what a unit can't.
    package init(
        _ project: Project, _ job: Job, program: String, _ words: [String], home: String, language: String?
    ) throws(ConfigError) {
        let isRoot = getuid() == 0
        let folder = project.folder
        // The whole path is in the name: projects in different folders often have one name.
        let own = folder.split(separator: "/").map { $0.filter(Self.isPlain) }.joined(separator: "-")
        let name = "fleet-\(job.rawValue)-\(own).service"
        guard !(folder + program).contains(where: \.isNewline) else {
            throw ConfigError(.file, Message("the path \(folder) has a line break, which no unit can have"))
        }
        path = (isRoot ? "/etc/systemd/system" : "\(home)/.config/systemd/user") + "/\(name)"
        let control = isRoot ? "systemctl" : "systemctl --user"
        next =
            ["\(control) daemon-reload", "\(control) enable --now \(name)"]
            + (isRoot ? [] : ["loginctl enable-linger"])
        let place = folder.replacing("%", with: "%%")
        let about = Message("fleet \(job.rawValue) of \(place)")
        let reader = language.map { Language(environment: ["LANG": $0]) } ?? .english
        let environment = language.map { "Environment=\(Self.quoted("LANG=\($0)"))\n" } ?? ""
        let line = ([program] + words).map(Self.quoted).joined(separator: " ")
        text = """
            [Unit]
            Description=\(about.text(in: reader))
            After=network-online.target
            Wants=network-online.target

            [Service]
            WorkingDirectory=\(place)
            ExecStart=\(line)
            \(environment)Restart=on-failure
            RestartSec=10
            KillSignal=SIGINT
            LimitCORE=0
            SuccessExitStatus=130
            TimeoutStopSec=90

            [Install]
            WantedBy=\(isRoot ? "multi-user.target" : "default.target")

            """
    }

    /// Writes it where it goes; nothing is started.
    package func install() throws(ConfigError) {
        do {
            try Disk.makeFolder(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
            try Disk.write(text, to: path)
        } catch {
            throw ConfigError(.file, Message("can't write \(path)"))
        }
    }

    private static func isPlain(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "-")
    }

    private static func quoted(_ word: String) -> String {
        let inner = word.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("%", with: "%%")
            .replacing("$", with: "$$")
        return "\"\(inner)\""
    }
}
