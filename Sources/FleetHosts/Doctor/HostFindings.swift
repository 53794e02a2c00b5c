import FleetBase
import FleetConfig

/// What is made of a host's answers: nothing here asks it anything.
struct HostFindings: Sendable {
    /// A login shell that takes longer has start-up files worth a look.
    private static let slowShell = Duration.milliseconds(200)
    /// Clocks that differ by more show in the times of events and of files.
    private static let clockTolerance: Int64 = 5
    private static let (littleDisk, fullDisk) = (ByteCount(1 << 30), ByteCount(50 << 20))
    private static let fullInodes: Int64 = 1000

    let access: HostAccess
    let facts: Facts
    let needs: HostNeeds
    let state: HostState
    let engines: [MethodStart]
    /// How long a question and its answer take.
    let roundTrip: Duration
    /// The shortest time in which the login shell began a command.
    let shellDelay: Duration?
    /// Everything that it printed by itself.
    let greeting: String
    /// How far the host's clock is ahead, in seconds.
    let clockLead: Int64?

    var checks: [HostCheck] {
        [shell, printing, shellStart, tools, folder] + [disk, inodes, clock].compactMap(\.self) + engines.map(engine)
    }

    // MARK: The login shell

    private var shell: HostCheck {
        let name = state.loginShell.isEmpty ? facts["shell"] ?? "sh" : state.loginShell
        return HostCheck(.shell, Message("\(name), for \(needs.user)"))
    }

    /// A line at the top of the shell's own file that ends it where no person waits.
    private var quietMend: String? {
        let shell = state.loginShell.split(separator: "/").last ?? ""
        switch shell {
        case "bash" where state.startups.contains(".bashrc"):
            return access.asUser("sed -i '1i case $- in *i*) ;; *) return ;; esac' ~/.bashrc")
        case "zsh" where state.startups.contains(".zshenv"):
            return access.asUser("sed -i '1i [[ -o interactive ]] || return' ~/.zshenv")
        default: return nil
        }
    }

    private var printing: HostCheck {
        guard !greeting.isEmpty else { return HostCheck(.greeting, Message("it prints nothing by itself")) }
        let words = HostText(greeting).line(atMost: 120)
        return HostCheck(
            .greeting, is: .warning, Message("its login shell prints something before each command: \(words)"),
            mend: quietMend, advice: Message("let its start-up files print in interactive shells alone"))
    }

    private var shellStart: HostCheck {
        guard let shellDelay else { return .skipped(.shellStart) }
        let delay = max(shellDelay - roundTrip, .zero)
        guard delay > Self.slowShell else {
            return HostCheck(.shellStart, Message("it takes \(delay.milliseconds) ms"))
        }
        let seconds = (delay.seconds * 100).rounded() / 100
        return HostCheck(
            .shellStart, is: .warning,
            Message("each command waits \(seconds) s there before it begins; look at the shell's start-up files"),
            mend: quietMend)
    }

    // MARK: What it has

    private static let packages = ["tar": "tar", "find": "findutils", "sed": "sed", "grep": "grep"]

    private var tools: HostCheck {
        guard state.lacks.isEmpty else {
            let names = state.lacks.joined(separator: ", ")
            let packages = Set(state.lacks.map { Self.packages[$0] ?? "coreutils" }).sorted().map { ShellWord($0) }
            let line = needs.manager?.install(packages).map(\.commandLine).joined(separator: " && ")
            return HostCheck(
                .tools, is: .failed, Message("it lacks \(names)"), mend: line.map { access.asRoot($0, needs.rights) },
                advice: Message("install them by the system's own means"))
        }
        guard state.misses.isEmpty else {
            let names = state.misses.joined(separator: ", ")
            return HostCheck(.tools, Message("all that fleet needs; where it has it, fleet also uses \(names)"))
        }
        return HostCheck(.tools, Message("all that fleet can use"))
    }

    private func remount(_ option: String) -> String {
        let words: [ShellWord] = ["mount", "-o", ShellWord("remount,\(option)"), ShellWord(state.mountPoint)]
        return access.asRoot(words.commandLine, needs.rights)
    }

    private var folder: HostCheck {
        let folder = state.folder
        if let problem = state.writeProblem {
            let owner: [ShellWord] = ["chown", ShellWord(needs.user), ShellWord(folder)]
            let isReadOnly = state.mountOptions.contains("ro")
            return HostCheck(
                .folder, of: folder, is: .failed, Message("nothing can be written there: \(problem)"),
                mend: isReadOnly
                    ? remount("rw") : needs.rights == .root ? nil : access.asRoot(owner.commandLine, needs.rights),
                advice: Message("give the host another folder with root: in the inventory"))
        }
        guard let problem = state.runProblem else {
            return HostCheck(.folder, of: folder, Message("it can be written to, and programs run there"))
        }
        return HostCheck(
            .folder, of: folder, is: .failed, Message("no program runs there: \(problem)"),
            mend: state.mountOptions.contains("noexec") ? remount("exec") : nil,
            advice: Message("give the host another folder with root: in the inventory"))
    }

    private var makeRoom: String { access.fleet(["prune", "--hosts", access.name]) }

    private var disk: HostCheck? {
        guard let bytes = facts.number("disk_free") else { return nil }
        let free = ByteCount(bytes)
        let state: HostCheck.State = free < Self.fullDisk ? .failed : free < Self.littleDisk ? .warning : .ok
        return HostCheck(.disk, is: state, Message("\(free) are free"), mend: state == .ok ? nil : makeRoom)
    }

    private var inodes: HostCheck? {
        // btrfs and the like have no number of them.
        guard let (free, all) = state.inodes, all > 0 else { return nil }
        let state: HostCheck.State = free < Self.fullInodes ? .failed : free < all / 20 ? .warning : .ok
        return HostCheck(.inodes, is: state, Message("\(free) are free"), mend: state == .ok ? nil : makeRoom)
    }

    private var clock: HostCheck? {
        guard let clockLead else { return nil }
        guard abs(clockLead) > Self.clockTolerance else { return HostCheck(.clock, Message("as here")) }
        let time = Duration.seconds(abs(clockLead)).shown
        // This machine's shell fills in its own time.
        let set =
            state.hasTimedatectl
            ? access.asRoot("timedatectl set-ntp true", needs.rights)
            : access.asRoot("date -s @NOW", needs.rights).replacing("NOW", with: "'\"$(date +%s)\"'")
        return HostCheck(
            .clock, is: .warning,
            clockLead > 0
                ? Message("it is \(time) ahead of this machine's") : Message("it is \(time) behind this machine's"),
            mend: set)
    }

    // MARK: Container engines

    private func engine(_ start: MethodStart) -> HostCheck {
        let name = start.method.rawValue
        guard let problem = start.problem else { return HostCheck(.engine, of: name, Message("it starts containers")) }
        return HostCheck(
            .engine, of: name, is: .warning, Message("it starts no container: \(problem)"),
            mend: engineMend(start.method, problem),
            advice: Message("fleet takes another way there; what the engine says is the place to begin"))
    }

    private func engineMend(_ engine: FleetConfig.Method, _ problem: String) -> String? {
        let user = ShellWord(needs.user).rendered
        if engine == .docker, problem.contains("permission denied"), problem.contains("docker.sock") {
            return access.asRoot("usermod -aG docker \(user)", needs.rights)
        }
        if engine == .docker, problem.contains("Is the docker daemon running") {
            return access.asRoot("systemctl enable --now docker", needs.rights)
        }
        if engine == .podman, problem.contains("subuid") || problem.contains("newuidmap") {
            let ids = "usermod --add-subuids 100000-165535 --add-subgids 100000-165535 \(user)"
            return access.asRoot(ids, needs.rights)
        }
        return nil
    }
}
