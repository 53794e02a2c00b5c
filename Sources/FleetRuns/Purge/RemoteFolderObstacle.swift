import FleetBase

/// What keeps fleet's folder on a host from being removed; the raw value is the key of the script's answer, and the first
/// that there is gets told.
enum RemoteFolderObstacle: String, CaseIterable {
    case strange, mount, job, elsewhere, slurm, push, schedule, process

    static let wrongRoot = Message(
        "is root: right in the inventory? Without --purge the inventory alone forgets the host")
    /// So many names are told.
    private static let toldNames = 3

    /// - Parameter master: by whose name behind the `@` a schedule is known to be this project's.
    func failure(_ all: [String], in path: String, on host: HostName, of master: String?) -> Failure {
        let names = all.told(atMost: Self.toldNames)
        switch self {
        case .strange:
            return Failure(
                .exit, Message("\(path) on \(host) holds what is not fleet's: \(names)"), hint: Self.wrongRoot)
        case .mount:
            return Failure(
                .exit, Message("other file systems are mounted in \(path) on \(host): \(names)"),
                hint: Message("unmount them first; without --purge the inventory alone forgets the host"))
        case .job:
            return Failure(
                .exit, Message("jobs run on \(host): \(names)"),
                hint: Message("wait for their end, or end them: fleet runs stop --hosts \(host)"))
        case .elsewhere:
            let jobs = all.map { $0.split(separator: " ", maxSplits: 1).joined(separator: " @ ") }
            return Failure(
                .exit,
                Message(
                    "other machines share \(path) with \(host), and jobs may run there: \(jobs.told(atMost: Self.toldNames))"
                ),
                hint: Message(
                    "wait for their end; where such a machine is gone for ever: fleet runs stop --hosts \(host)"))
        case .slurm:
            return Failure(
                .exit, Message("Slurm may still have tasks of these runs of \(host): \(names)"),
                hint: Message("wait for their end, or end each from its project: fleet runs cancel RUN"))
        case .push:
            return Failure(
                .exit, Message("somebody installs packages on \(host): \(names)"),
                hint: Message("wait for the end of the push, then try again"))
        case .schedule: return schedules(all, on: host, of: master)
        case .process:
            return Failure(
                .exit, Message("processes on \(host) work in \(path): \(names)"),
                hint: Message("end them there, then try again; the number is that of the process"))
        }
    }

    private func schedules(_ all: [String], on host: HostName, of master: String?) -> Failure {
        let others = all.filter { name in master.map { !name.hasSuffix("@\($0)") } ?? true }
        guard !others.isEmpty else {
            let names = all.told(atMost: Self.toldNames)
            return Failure(
                .exit, Message("\(host) still starts tasks by itself: \(names)"),
                hint: Message("take its schedules away first: fleet schedule remove --hosts \(host)"))
        }
        let names = others.told(atMost: Self.toldNames)
        return Failure(
            .exit, Message("\(host) still starts tasks of other projects by itself: \(names)"),
            hint: Message(
                "in the project of each: fleet schedule remove --hosts \(host); where the project is gone, on the host: remove its line, which ends in its name, with crontab -e, and its folder in schedules/"
            ))
    }
}
