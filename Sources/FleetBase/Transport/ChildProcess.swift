import CLinux
import Glibc

/// Child processes of the master, started without a shell (posix_spawn(3)), with no descriptor but their standard streams.
package enum ChildProcess {
    /// - Parameters:
    ///   - words: the program, found on the PATH, and its arguments.
    ///   - environment: added to this program's own.
    ///   - quiet: without its output and input.
    ///   - descriptors: what becomes its standard streams, by number.
    ///   - ownSession: in a session of its own, as sshd gives each command one, so that it may outlive this program.
    /// - Returns: nil when it can't be started.
    package static func spawn(
        _ words: [String], environment: [String: String] = [:], quiet: Bool = false, descriptors: [CInt: CInt] = [:],
        ownSession: Bool = false, directory: String? = nil
    ) -> Int32? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if quiet {
            for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
                posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0)
            }
        }
        for (target, source) in descriptors { posix_spawn_file_actions_adddup2(&actions, source, target) }
        // Foundation opens files without O_CLOEXEC. A script that a thread is just writing could not be run while a child
        // has it open too, and whoever waits for the end of a stream would wait for the child.
        _ = fleet_spawn_add_closefrom(&actions, STDERR_FILENO + 1)
        if let directory { fleet_spawn_add_chdir(&actions, directory) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A program may ignore SIGPIPE, and the thread of a local command blocks it: a child gets it back.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | (ownSession ? fleet_spawn_setsid : 0)
        posix_spawnattr_setflags(&attributes, Int16(flags))
        return start(words, environment, actions, attributes)
    }

    private static func start(
        _ words: [String], _ added: [String: String], _ actions: posix_spawn_file_actions_t,
        _ attributes: posix_spawnattr_t
    ) -> Int32? {
        var (actions, attributes) = (actions, attributes)
        let environment = Environment.current.merging(added) { $1 }.map { "\($0)=\($1)" }
        var arguments = words.map { strdup($0) } + [nil]
        var variables = environment.map { strdup($0) } + [nil]
        defer { for pointer in arguments + variables { free(pointer) } }
        var process: pid_t = 0
        guard posix_spawnp(&process, words[0], &actions, &attributes, &arguments, &variables) == 0 else { return nil }
        return process
    }

    package static func wait(_ process: Int32) -> Completion.Ending? {
        var status: CInt = 0
        while waitpid(process, &status, 0) < 0 { guard errno == EINTR else { return nil } }
        return ending(status)
    }

    package static func ending(_ status: CInt) -> Completion.Ending {
        guard fleet_exited(status) == 0 else { return .status(fleet_exit_code(status)) }
        let number = fleet_signal(status)
        return .signal(fleet_signal_name(number).map { String(cString: $0) } ?? "\(number)")
    }
}

/// The environment of this program.
package enum Environment {
    /// `HOME`, or what the user database says where it is missing or empty.
    package static func home(in environment: [String: String]) -> String {
        if let home = environment["HOME"], !home.isEmpty { return home }
        return getpwuid(getuid()).map { String(cString: $0.pointee.pw_dir) } ?? "/"
    }

    /// The name of the user who runs this program. The user database tells it, as it does for ssh: the environment may
    /// name somebody else, as after su, or nobody, as in a container. The environment counts where the database has no
    /// name for the user's number.
    package static func user(in environment: [String: String]) -> String {
        getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? environment["USER"] ?? environment["LOGNAME"]
            ?? "\(getuid())"
    }

    /// Removes a variable, so that neither a child nor /proc/PID/environ has its value.
    package static func forget(_ name: String) { fleet_forget_variable(name) }

    /// From now on no core dump of this process is written, which would have its secrets.
    package static func dumpNoCore() {
        var limit = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
    }

    package static var current: [String: String] {
        var result: [String: String] = [:]
        guard var entry = fleet_environment() else { return [:] }
        while let text = entry.pointee {
            let parts = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { result[String(parts[0])] = String(parts[1]) }
            entry += 1
        }
        return result
    }
}
