import FleetHosts

/// What hosts run of jobs, schedules and Slurm.
extension Script {
    static let start = Script(
        Part.owners, Part.lock, supervisor, PackageResources.unpack_sh, PackageResources.job_sh,
        PackageResources.start_sh, PackageResources.follow_sh)
    static let attach = Script(
        Part.lock, Part.jobProcess, PackageResources.attach_sh,
        PackageResources.follow_sh)
    /// For what another program starts and waits for: cron, Slurm.
    static let foreground = Script(
        Part.owners, Part.lock, supervisor, PackageResources.unpack_sh, PackageResources.job_sh,
        PackageResources.foreground_sh)
    /// What job.sh starts as `$supervise`.
    private static let supervisor = variable("supervise", holding: PackageResources.supervisor_sh)
    /// What cron calls on a host.
    static let scheduled = String(decoding: PackageResources.scheduled_sh, as: UTF8.self)
    static let schedulePush = Script(
        PackageResources.crontab_sh, PackageResources.unpack_sh, PackageResources.schedule_push_sh)
    static let scheduleList = Script(
        Part.lock, Part.jobProcess, PackageResources.crontab_sh,
        PackageResources.schedule_list_sh)
    static let scheduleRemove = Script(PackageResources.crontab_sh, PackageResources.schedule_remove_sh)
    /// What Slurm runs on a node.
    static let slurmTask = String(decoding: PackageResources.slurm_task_sh, as: UTF8.self)
    static let slurmSubmit = Script(
        PackageResources.slurm_sh, PackageResources.unpack_sh, PackageResources.slurm_submit_sh)
    static let slurmPoll = Script(PackageResources.slurm_sh, PackageResources.slurm_poll_sh)
    static let slurmWhy = Script(PackageResources.slurm_sh, PackageResources.slurm_why_sh)
    static let slurmEnd = Script(PackageResources.slurm_sh, PackageResources.slurm_end_sh)
    static let runs = Script(Part.lock, Part.jobProcess, PackageResources.runs_sh)
    static let purge = Script(
        Part.owners, Part.lock, Part.jobProcess, Part.session, PackageResources.crontab_sh,
        PackageResources.purge_own_sh, PackageResources.purge_needed_sh, PackageResources.purge_sh)
    static let collect = Script(PackageResources.collect_sh)
    static let discard = Script(
        Part.lock, Part.jobProcess, Part.session,
        Part.container, PackageResources.discard_sh)
}
