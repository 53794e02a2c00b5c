import FleetBase

/// A host's package manager: its packages of what fleet can use, and the commands that install them without asking.
enum PackageManager: String, Sendable, CaseIterable {
    // The first one that is on a host counts: apt comes first, since Debian and Ubuntu have packages of the others.
    case apt
    case dnf
    case zypper
    case apk
    case pacman

    /// The program by which a host is known to have it.
    var program: String { self == .apt ? "apt-get" : rawValue }

    init?(program: String) {
        guard let manager = Self.allCases.first(where: { $0.program == program }) else { return nil }
        self = manager
    }

    func packages(for supply: Supply) -> [ShellWord] {
        switch (self, supply) {
        case (.apt, .docker): ["docker.io"]
        case (.dnf, .docker): ["moby-engine"]
        case (_, .docker): ["docker"]
        case (_, .podman): ["podman"]
        case (.apt, .python): ["python3", "python3-venv"]
        case (.pacman, .python): ["python"]
        case (_, .python): ["python3"]
        case (_, .zstd): ["zstd"]
        }
    }

    /// The commands that install packages, for root.
    func install(_ packages: [ShellWord]) -> [[ShellWord]] {
        switch self {
        case .apt:
            // Somebody else's apt is waited for.
            [
                ["apt-get", "-q", "update"],
                [
                    "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=300",
                    "install",
                ]
                    + packages,
            ]
        case .dnf: [["dnf", "-q", "-y", "install"] + packages]
        case .zypper: [["zypper", "--non-interactive", "install"] + packages]
        case .apk: [["apk", "add", "--update-cache"] + packages]
        // Without -y: packages newer than the rest of the system would break it.
        case .pacman: [["pacman", "-S", "--noconfirm", "--needed"] + packages]
        }
    }

    /// What has to be done beside installing it, for root, so that a user can use it.
    func settle(_ supply: Supply, for user: String) -> [[ShellWord]] {
        guard supply == .docker else { return [] }
        return startDocker + (user == "root" ? [] : [admit(user)])
    }

    private var startDocker: [[ShellWord]] {
        switch self {
        // The package does it.
        case .apt: []
        case .dnf, .zypper, .pacman: [["systemctl", "enable", "--now", "docker"]]
        case .apk: [["rc-update", "add", "docker", "default"], ["rc-service", "docker", "start"]]
        }
    }

    /// Whoever is in the group docker is as good as root there.
    private func admit(_ user: String) -> [ShellWord] {
        self == .apk ? ["addgroup", ShellWord(user), "docker"] : ["usermod", "-aG", "docker", ShellWord(user)]
    }
}
