package import FleetBase
package import FleetConfig
package import FleetHosts
package import FleetLedger
import FleetPackage

extension Fleet {
    /// Lays tasks on a host, which runs them from its own cron while no master is there.
    ///
    /// - Parameters:
    ///   - tasks: all of one definition, as a queue would run them.
    ///   - when: as crontab(5) has it.
    /// - Returns: notes for a person.
    package func schedule(
        _ definition: String, _ tasks: [PlannedTask], when: String, on host: Host, ledger: Ledger
    ) async -> HostOutcome<[Message]> {
        await onEach(of: [host]) { host throws(Failure) in
            let link = HostLink(self, host)
            do throws(Failure) {
                let notes = try await schedule(definition, tasks, when: when, over: link, ledger: ledger)
                _ = await link.finish()
                return notes
            } catch {
                _ = await link.finish()
                throw error
            }
        }[0]
    }

    private func schedule(
        _ definition: String, _ tasks: [PlannedTask], when: String, over link: HostLink, ledger: Ledger
    ) async throws(Failure) -> [Message] {
        let host = link.host
        let facts = try await link.facts()
        var (texts, records) = (
            [
                (path: "run", text: Script.scheduled), (path: "job.sh", text: Script.foreground.text),
                (path: "when", text: when + "\n"),
            ], [ScheduledTask]()
        )
        var inputs: [(name: String, bytes: [UInt8])] = []
        for (index, task) in tasks.enumerated() {
            let proof = await proof(of: task.request.package, for: [host])
            let attempt = TaskAttempt(
                fleet: self, link: link, request: task.request, run: task.record.run, task: task.record, ledger: ledger,
                proofs: proof, folder: "")
            let choice = try await attempt.prepare()
            var request = task.request
            request.lease = nil
            var command = JobCommand(
                request, choice, facts, root: host.rootWord, run: Self.placeholder,
                task: "\(Self.placeholder).\(index + 1)", attempt: 1, host: host.name.text)
            command.isTemplate = true
            // The host knows its root and the name of the run better.
            texts.append(("\(index + 1).words", command.words().dropFirst(2).map(\.self).commandLine + "\n"))
            records.append(ScheduledTask(task.record, choice))
            inputs.append(("\(index + 1).input", try await command.input(in: project.workFolder)))
        }
        let digest = try await keep(LaidSchedule(host: host.name, name: definition, tasks: records))
        texts.append(("laid", digest + "\n"))
        let archive = try await archive(texts, inputs)
        let id = "\(definition)@\(try master().text)"
        let answer = try await link.withShell { shell throws(Failure) in
            try await shell.run(
                .schedulePush, [host.rootWord, ShellWord(id), ShellWord(when)], input: .bytes(archive),
                deadline: .after(Self.asking))
        }
        if answer.status == 69 {
            let reason = answer.reason
            throw Failure(
                .noMethod, Message("the host has no cron that fleet could use: \(reason)"),
                hint: Message("install cron there, or run it from this machine: fleet schedule run"))
        }
        if answer.status == 75 {
            throw Failure(
                .start, Message("other tasks of that name run there now, or have left results"),
                hint: Message("once they have ended: fleet runs collect"))
        }
        guard answer.status == 0 else {
            throw Failure(.start, Message("the schedule could not be laid there: \(answer.reason)"))
        }
        if let replaced = answer.values.first(where: { $0.key == "replaced" })?.value, replaced != digest {
            await ThreadExecutor.disk.run { [project, others = otherNames(than: host)] in
                guard LaidSchedule(replaced, notOn: others, in: project) != nil else { return }
                LaidSchedule.forget([replaced], in: project)
            }
        }
        let isRunning = answer.values.contains { $0 == ("cron", "running") }
        return isRunning ? [] : [Message("no cron seems to run there: nothing will start until it does")]
    }

    private func keep(_ laid: LaidSchedule) async throws(Failure) -> String {
        let project = project
        do {
            return try await ThreadExecutor.disk.run { try laid.keep(in: project) }
        } catch {
            throw Failure(onMaster: error)
        }
    }

    /// What stands for the name of a run that is yet to come.
    private static let placeholder = "@RUN@"

    /// A folder for a host, as a tar.
    func archive(
        _ texts: [(path: String, text: String)], _ inputs: [(name: String, bytes: [UInt8])]
    ) async throws(Failure) -> [UInt8] {
        let folder = project.workFolder
        do {
            return try await ThreadExecutor.disk.run { () throws -> [UInt8] in
                let scratch = try ScratchFolder(in: folder)
                var files: [ArchivedFile] = []
                for (name, bytes) in inputs {
                    let file = "\(scratch.path)/\(name)"
                    try Disk.write(bytes, to: file)
                    files.append(ArchivedFile(path: name, file: file))
                }
                let path = "\(scratch.path)/archive"
                try ArchiveContent(texts: texts, files: files).withEnd.write(to: path, compression: nil)
                return try Disk.bytes(path)
            }
        } catch {
            throw Failure(onMaster: error)
        }
    }

    /// Blocks.
    func master() throws(Failure) -> MasterID {
        do {
            return try MasterID(of: project)
        } catch {
            throw Failure(onMaster: error)
        }
    }

    /// What this master has laid on hosts.
    package func schedules(on hosts: [Host]) async -> [HostOutcome<[HostSchedule]>] {
        await onEach(of: hosts) { host throws(Failure) in
            try await withShell(on: host) { shell throws(Failure) in try await schedules(on: host, shell) }
        }
    }

    private func schedules(on host: Host, _ shell: RemoteShell) async throws(Failure) -> [HostSchedule] {
        let master = try master().text
        let result = try await shell.run(
            .scheduleList, [host.rootWord, ShellWord(master)], deadline: .after(Self.asking))
        // Half a list would pass for all that is there.
        let answer = try HostAnswer(result) { Message("the host does not tell its schedules: \($0)") }
        let (project, found) = (project, try HostSchedule.list(answer, of: master))
        let others = otherNames(than: host)
        return await ThreadExecutor.disk.run {
            found.map { schedule in
                var schedule = schedule
                schedule.tasks = LaidSchedule(schedule.digest, notOn: others, in: project)?.tasks
                return schedule
            }
        }
    }

    private func otherNames(than host: Host) -> Set<String> {
        Set(inventory.hosts.map(\.name.text)).subtracting([host.name.text])
    }

    /// Takes schedules away; what their runs have left stays until it is collected.
    ///
    /// - Returns: of each host those that went, by their ids.
    package func removeSchedules(
        _ schedules: [HostName: [HostSchedule]], on hosts: [Host]
    ) async -> [HostOutcome<[String]>] {
        await onEach(of: hosts.filter { schedules[$0.name]?.isEmpty == false }) { host throws(Failure) in
            let own = schedules[host.name] ?? []
            let words = [host.rootWord] + own.map { ShellWord($0.id) }
            let answer = try await withShell(on: host) { shell throws(Failure) in
                try await shell.run(.scheduleRemove, words, deadline: .after(Self.asking))
            }
            if answer.status == 75 {
                throw Failure(
                    .exit, Message("cron starts nothing of it any more, but a task of it still runs"),
                    hint: Message("remove it once more when it has ended"))
            }
            guard answer.status == 0 else {
                throw Failure(.exit, Message("the schedule could not be removed: \(answer.reason)"))
            }
            let (project, digests) = (project, own.filter { $0.tasks != nil }.map(\.digest))
            await ThreadExecutor.disk.run { LaidSchedule.forget(digests, in: project) }
            return own.map(\.id)
        }
    }

    /// Brings home what schedules have done on hosts: each of their runs becomes one of the ledger.
    ///
    /// - Returns: of each host what came home.
    package func collectSchedules(
        on hosts: [Host], ledger: Ledger
    ) async -> [HostOutcome<[TaskOutcome]>] {
        let stores = RunStores(project)
        return await onEach(of: hosts) { host throws(Failure) in
            let link = HostLink(self, host, stores)
            do throws(Failure) {
                let schedules: [HostSchedule] = try await link.withShell { shell throws(Failure) in
                    try await self.schedules(on: host, shell)
                }
                var outcomes: [TaskOutcome] = []
                // What this master did not lay comes last: it ends the collection.
                for schedule in schedules.filter({ $0.tasks != nil }) + schedules.filter({ $0.tasks == nil }) {
                    outcomes += try await ScheduleCollection(
                        fleet: self, link: link, schedule: schedule, ledger: ledger
                    )
                    .perform()
                }
                _ = await link.finish()
                return outcomes
            } catch {
                _ = await link.finish()
                throw error
            }
        }
    }
}
