import Foundation

extension SSHServer {
    /// A user of a server whose files of accounts, home folder and machine id are its own: what unshare(1) and bind mounts
    /// give a test that runs as root. Nothing of the machine changes.
    package struct Account: Sendable {
        package static let user = "ana"
        package static let password = "a Pa$$ wörd"
        private static let number = 4242

        package static var isPossible: Bool {
            getuid() == 0 && (try? Program.run(["unshare", "--mount", "true"])) != nil
        }

        /// Whether the server asks by keyboard-interactive, through PAM, rather than by `password`.
        package var isInteractive = false
        /// Whether nothing can be written to the home folder.
        package var isReadOnly = false
        package var machineID = "0123456789abcdef0123456789abcdef"

        package init(isInteractive: Bool = false, isReadOnly: Bool = false, machineID: String? = nil) {
            (self.isInteractive, self.isReadOnly) = (isInteractive, isReadOnly)
            self.machineID = machineID ?? self.machineID
        }

        var options: [String] {
            [
                "PasswordAuthentication \(isInteractive ? "no" : "yes")",
                "KbdInteractiveAuthentication \(isInteractive ? "yes" : "no")",
                "UsePAM \(isInteractive ? "yes" : "no")",
                "AuthorizedKeysFile .ssh/authorized_keys", "StrictModes yes", "ForceCommand none",
                "SetEnv FLEET_TEST=1",
            ]
        }

        /// - Parameter programs: a folder that takes the place of /usr/bin.
        /// - Returns: the words that come before those of the program.
        func prepare(in folder: TemporaryFolder, programs: String? = nil) throws -> [String] {
            let hash = try Program.text(["openssl", "passwd", "-6", "-salt", "fleet", Self.password])
                .split(separator: "\n")[0]
            let (user, number) = (Self.user, Self.number)
            let files = try ["passwd", "shadow", "group"].map { name in
                (name, try String(contentsOfFile: "/etc/\(name)", encoding: .utf8))
            }
            let lines = [
                "passwd": "\(user):x:\(number):\(number)::/home/\(user):/bin/sh\n",
                "shadow": "\(user):\(hash):20000::::::\n",
                "group": "\(user):x:\(number):\n",
            ]
            for (name, text) in files { try folder.write(text + (lines[name] ?? ""), to: "etc/\(name)") }
            try folder.write(machineID + "\n", to: "etc/machine-id")
            try FileManager.default.createDirectory(
                atPath: folder.path + "/home", withIntermediateDirectories: true)
            try folder.write(
                """
                set -e
                cd "$1"
                chown \(number):\(number) home
                chmod 700 home
                for file in passwd shadow group machine-id; do mount --bind "etc/$file" "/etc/$file"; done
                mount -t tmpfs tmpfs /home
                mkdir /home/\(user)
                mount --bind home /home/\(user)
                \(isReadOnly ? "mount -o remount,bind,ro /home/\(user)" : "")
                cd /
                \(programs.map { "mount --bind '\($0)' /usr/bin" } ?? "")
                shift
                exec "$@"

                """, to: "apart")
            return ["unshare", "--mount", "sh", folder.path + "/apart", folder.path]
        }
    }
}
