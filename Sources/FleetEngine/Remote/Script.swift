import FleetBase

/// A script of POSIX sh that hosts run: a file in the sources, compiled in.
///
/// Sent as the argument of `sh -c`, so that standard input is free for data; values go in as words.
struct Script: Sendable {
    static let probe = Script(PackageResources.probe_sh)
    static let needs = Script(PackageResources.needs_sh)
    static let install = Script(
        PackageResources.owners_sh, PackageResources.lock_sh, PackageResources.session_sh, PackageResources.release_sh,
        PackageResources.install_sh)
    static let activate = Script(
        PackageResources.owners_sh, PackageResources.lock_sh, PackageResources.session_sh, PackageResources.release_sh,
        PackageResources.activate_sh)
    static let arrived = Script(PackageResources.release_sh, PackageResources.arrived_sh)
    static let rollback = Script(
        PackageResources.owners_sh, PackageResources.lock_sh, PackageResources.session_sh, PackageResources.release_sh,
        PackageResources.rollback_sh)
    static let verify = Script(PackageResources.release_sh, PackageResources.verify_sh)
    static let prune = Script(
        PackageResources.lock_sh, PackageResources.session_sh, PackageResources.release_sh, PackageResources.prune_sh)
    static let manifest = Script(PackageResources.manifest_sh)
    /// Rebuilds files from an older release, where a host has Python.
    static let assemble = String(decoding: PackageResources.assemble_py, as: UTF8.self)
    static let status = Script(PackageResources.status_sh)
    static let start = Script(
        PackageResources.owners_sh, PackageResources.lock_sh, PackageResources.job_sh, PackageResources.start_sh,
        PackageResources.follow_sh)
    static let attach = Script(
        PackageResources.lock_sh, PackageResources.job_process_sh, PackageResources.attach_sh,
        PackageResources.follow_sh)
    /// For what another program starts and waits for: cron, Slurm.
    static let foreground = Script(
        PackageResources.owners_sh, PackageResources.lock_sh, PackageResources.job_sh, PackageResources.foreground_sh)
    /// What cron calls on a host.
    static let scheduled = String(decoding: PackageResources.scheduled_sh, as: UTF8.self)
    static let schedulePush = Script(PackageResources.crontab_sh, PackageResources.schedule_push_sh)
    static let scheduleList = Script(
        PackageResources.lock_sh, PackageResources.job_process_sh, PackageResources.crontab_sh,
        PackageResources.schedule_list_sh)
    static let scheduleRemove = Script(PackageResources.crontab_sh, PackageResources.schedule_remove_sh)
    /// What Slurm runs on a node.
    static let slurmTask = String(decoding: PackageResources.slurm_task_sh, as: UTF8.self)
    static let slurmSubmit = Script(PackageResources.slurm_sh, PackageResources.slurm_submit_sh)
    static let slurmPoll = Script(PackageResources.slurm_sh, PackageResources.slurm_poll_sh)
    static let slurmWhy = Script(PackageResources.slurm_sh, PackageResources.slurm_why_sh)
    static let slurmEnd = Script(PackageResources.slurm_sh, PackageResources.slurm_end_sh)
    static let runs = Script(PackageResources.lock_sh, PackageResources.job_process_sh, PackageResources.runs_sh)
    /// For the master itself.
    static let imageBuild = Script(PackageResources.image_build_sh)
    static let imageRuntime = Script(PackageResources.image_runtime_sh)
    static let collect = Script(PackageResources.collect_sh)
    static let discard = Script(
        PackageResources.lock_sh, PackageResources.job_process_sh, PackageResources.session_sh,
        PackageResources.container_sh, PackageResources.discard_sh)
    static let cancel = Script(
        PackageResources.lock_sh, PackageResources.job_process_sh, PackageResources.session_sh,
        PackageResources.container_sh, PackageResources.cancel_sh)
    static let imageStatus = Script(PackageResources.image_status_sh)
    static let imageLoad = Script(PackageResources.image_load_sh)
    static let imageForget = Script(PackageResources.image_forget_sh)

    /// What a person runs who has carried a package to a host.
    static let bundle = String(decoding: PackageResources.bundle_sh, as: UTF8.self)

    let text: String
    /// The text as a word of a command line: a queue sends it thousands of times.
    private let word: String

    private init(_ parts: [UInt8]...) {
        let parts = [PackageResources.prelude_sh] + parts
        text = parts.map { Self.code(String(decoding: $0, as: UTF8.self)) }.joined()
        word = ShellWord(text).rendered
    }

    /// The script without its comments and indentation: it travels with every command.
    private static func code(_ text: String) -> String {
        text.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { !$0.isEmpty && !$0.hasPrefix("#") }
            .map { $0 + "\n" }.joined()
    }

    /// The line for the login shell: any of sh's kin, or fish. csh and tcsh can't read it, since no quotes of theirs hold
    /// a line break.
    func line(nonce: Nonce, _ arguments: [ShellWord]) -> String {
        "exec /bin/sh -c \(word) " + (["fleet", ShellWord(nonce.text)] + arguments).commandLine
    }
}
