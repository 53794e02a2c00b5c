package import FleetBase

/// What a host said about what it is to have: see `Scripts/needs.sh`.
package struct HostNeeds: Sendable, Hashable {
    /// How its user becomes root.
    enum Rights: String {
        case root
        case sudo
        /// sudo is there, but asks for a password or lets the user do something else.
        case password
        case none
    }

    let user: String
    let rights: Rights
    let manager: PackageManager?
    package let present: [Supply]
    let missing: [Supply]

    /// - Throws: lost, for a user whose name could be an option or steer a terminal.
    init(_ answer: HostAnswer) throws(Failure) {
        func all(_ key: String) -> [String] { answer.all(key).map(\.value) }
        let name = answer.all("user").first
        user = name?.value ?? ""
        if let name, user.hasPrefix("-") || user.contains(" ") || user != name.text(atMost: 256) {
            throw name.senseless
        }
        rights = all("rights").first.flatMap(Rights.init) ?? .none
        manager = all("manager").first.flatMap { PackageManager(program: $0) }
        present = all("has").compactMap(Supply.init)
        missing = all("lacks").compactMap(Supply.init)
    }

    /// What is to be done; nothing when all is there.
    ///
    /// - Throws: when it can't be done on this host.
    package func plan() throws(Failure) -> PreparePlan {
        guard !missing.isEmpty else { return PreparePlan(present: present, missing: [], commands: []) }
        guard let manager else {
            let names = PackageManager.allCases.map(\.rawValue).joined(separator: ", ")
            throw Failure(
                .noMethod, Message("it has none of the package managers that are known: \(names)"),
                hint: Message("install it by the system's own means; fleet finds it then"))
        }
        switch rights {
        case .root: break
        case .sudo: break
        case .password, .none:
            throw Failure(
                .noMethod,
                rights == .none
                    ? Message("\(user) is not root, and there is no sudo")
                    : Message("sudo asks \(user) for a password, or does not let them"),
                hint: Message("log in as root, or let them use sudo without a password"))
        }
        let commands =
            manager.install(missing.flatMap(manager.packages)) + missing.flatMap { manager.settle($0, for: user) }
        return PreparePlan(
            present: present, missing: missing,
            commands: rights == .sudo ? commands.map { ["sudo", "-n"] + $0 } : commands)
    }
}

/// What is done on a host to prepare it, command by command.
package struct PreparePlan: Sendable, Hashable {
    /// What it had before.
    package let present: [Supply]
    package let missing: [Supply]
    let commands: [[ShellWord]]

    /// The commands as a person would type them.
    package var lines: [String] { commands.map(\.commandLine) }
}
