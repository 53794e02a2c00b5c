import FleetBase
import FleetConfig
import FleetHosts
import FleetReleases
import FleetRuns
import FleetService
import FleetViews

extension OperationForm {
    private static let hosts = Field(
        "hosts", .hosts, "which hosts: \"all\", or names, patterns and tag:NAME; all when left out")
    private static let chosenHosts = Field(
        "hosts", .hosts, isRequired: true, "which hosts: \"all\", or names, patterns and tag:NAME")
    private static let packages = Field("packages", .texts, "which packages; all of the project when left out")
    private static let dryRun = Field("dry_run", .flag, "whether it is only found out what would be done")
    private static let jobs = Field("jobs", .count, "on how many hosts at once")
    private static let run = Field("run", .text, "a run's name, the beginning of it, or last; last when left out")
    private static let engine = Field("engine", .text, "use only this engine of the package")
    private static let method = Field(
        "method", .word(FleetConfig.Method.allCases.map(\.rawValue)), "run it only in this way")
    private static let timeout = Field(
        "timeout", .duration, "when to stop it, such as 90s; as the package says when left out")

    /// Every operation that a request can start, by name.
    static let all: [String: OperationForm] = Dictionary(
        uniqueKeysWithValues: (onHosts + releases + runs + tasks + inventory + schedules).map { ($0.name, $0) })

    private static let onHosts = [
        OperationForm(PingOperation.self, "log in to hosts", schema: "ping", [hosts]) { values, _ in
            PingOperation(hosts: values.hosts())
        } view: {
            PingView($0)
        },
        OperationForm(
            CheckOperation.self, "find out which hosts are alive and what they have", schema: "check", [hosts]
        ) {
            values, _ in
            CheckOperation(hosts: values.hosts())
        } view: {
            CheckView($0)
        },
        OperationForm(
            DeepCheckOperation.self, "try hosts: a login, 1 MiB up and down, a tiny job by every method",
            schema: "deep-check", [hosts]
        ) { values, _ in
            DeepCheckOperation(hosts: values.hosts())
        } view: {
            DeepCheckView($0)
        },
        OperationForm(
            DoctorOperation.self, "find out why hosts can't be reached or used, and what mends it", schema: "doctor",
            [hosts]
        ) { values, _ in
            DoctorOperation(hosts: values.hosts())
        } view: {
            DoctorView($0)
        },
        OperationForm(
            ExecOperation.self, "run a command on hosts", schema: "exec",
            [
                hosts, jobs, timeout,
                Field("command", .texts, isRequired: true, "a line for the shell, or a program and its arguments"),
                Field("directory", .text, "the host's folder to run it in"),
                Field("stdin", .text, "what the command reads"),
            ]
        ) { values, _ in
            var execution = Execution(words: values.texts("command"))
            execution.directory = values.text("directory")
            if let text = values.text("stdin") { execution.input = .bytes(Array(text.utf8)) }
            if let timeout = values.duration("timeout") { execution.timeout = timeout }
            return ExecOperation(execution, on: values.hosts(), width: values.count("jobs") ?? Fleet.width)
        } view: {
            ExecView($0, method: "shell")
        },
    ]

    private static let releases = [
        OperationForm(PackageOperation.self, "build packages", schema: "package", [packages]) { values, _ in
            PackageOperation(values.texts("packages"))
        } view: {
            PackageView($0)
        },
        OperationForm(
            PushOperation.self, "bring packages to hosts", schema: "push",
            [
                packages, chosenHosts, dryRun, jobs,
                Field("whole", .flag, "whether the whole is sent, also where a difference would do"),
                Field("limit_rate", .size, "how much is sent a second to all hosts together, such as 5M"),
                Field("serial", .share, "how many hosts come after the other"),
                Field("max_failures", .share, "with serial: how many hosts may fail before it stops"),
            ]
        ) { values, _ in
            var options = PushOptions()
            options.dryRun = values.flag("dry_run")
            options.whole = values.flag("whole")
            if let width = values.count("jobs") { options.width = width }
            options.rate = values.size("limit_rate")
            options.batch = values.share("serial")
            options.maxFailures = values.share("max_failures")
            return PushOperation(values.texts("packages"), to: values.hosts(), options)
        } view: {
            PushView($0)
        },
        OperationForm(
            VersionsOperation.self, "find out which versions hosts have", schema: "versions", [packages, hosts]
        ) {
            values, _ in
            VersionsOperation(values.texts("packages"), on: values.hosts())
        } view: {
            VersionsView($0)
        },
        OperationForm(
            VerifyOperation.self, "read again what lies on hosts", schema: "verify",
            [packages, hosts, Field("repair", .flag, "whether damaged versions are sent anew")]
        ) { values, _ in
            var operation = VerifyOperation(values.texts("packages"), on: values.hosts())
            operation.repairs = values.flag("repair")
            return operation
        } view: {
            VerifyView($0)
        },
        OperationForm(
            RollbackOperation.self, "make an earlier version current again", schema: "rollback",
            [
                Field("package", .text, isRequired: true, "which package"), chosenHosts,
                Field("version", .text, "the beginning of a version; the one before when left out"),
            ]
        ) { values, _ in
            RollbackOperation(values.text("package") ?? "", to: values.text("version"), on: values.hosts())
        } view: {
            RollbackView($0)
        },
        OperationForm(
            PruneOperation.self, "remove old versions", schema: "prune",
            [
                packages, hosts, dryRun,
                Field("keep", .count, "how many versions stay; \(PruneOperation.usualKeep) when left out"),
                Field("master", .flag, "whether this machine forgets, too, what no host has"),
            ]
        ) { values, _ in
            var operation = PruneOperation(
                values.texts("packages"), keep: values.count("keep") ?? PruneOperation.usualKeep, on: values.hosts())
            operation.prunesMaster = values.flag("master")
            operation.dryRun = values.flag("dry_run")
            return operation
        } view: {
            PruneView($0)
        },
    ]

    private static let runs = [
        OperationForm(
            RunOperation.self, "run a package once on each host", schema: "run",
            [
                Field("package", .text, isRequired: true, "which package"), hosts, engine, method, timeout,
                Field("parameters", .values, "the package's parameters by name; its defaults when left out"),
                Field("no_push", .flag, "whether a host with another version is refused instead of pushed to"),
            ]
        ) { values, command in
            var operation = RunOperation(
                values.text("package") ?? "", parameters: values.values("parameters"), on: values.hosts(),
                command: command)
            operation.engine = values.text("engine")
            operation.method = values.text("method").flatMap(FleetConfig.Method.init(rawValue:))
            operation.timeout = values.duration("timeout")
            operation.pushesFirst = !values.flag("no_push")
            return operation
        } view: { result in
            if let problem = result.problem { throw problem }
            return RunView(result)
        },
        OperationForm(ResumeOperation.self, "go on with a run that was stopped", schema: "tasks", [run, hosts]) {
            values, _ in
            ResumeOperation(values.text("run"), on: values.hosts())
        } view: {
            try $0.whole
        },
        OperationForm(CancelRunOperation.self, "end a run in good order", schema: "runs-cancel", [run]) { values, _ in
            CancelRunOperation(values.text("run") ?? "last")
        } view: {
            CancelledRunView($0)
        },
        OperationForm(PullOperation.self, "bring home what has ended of a run", schema: "runs-pull", [run]) {
            values, _ in
            PullOperation(values.text("run") ?? "last")
        } view: {
            PulledView($0)
        },
        OperationForm(CollectOperation.self, "bring home what hosts ran by themselves", schema: "runs-collect", [hosts])
        {
            values, _ in
            CollectOperation(from: values.hosts())
        } view: {
            CollectedView($0)
        },
        OperationForm(
            ReapOperation.self, "remove jobs that nobody needs", schema: "jobs",
            [hosts, dryRun, Field("foreign", .flag, "whether also jobs of other masters go")]
        ) { values, _ in
            var operation = ReapOperation(on: values.hosts())
            (operation.foreign, operation.isDryRun) = (values.flag("foreign"), values.flag("dry_run"))
            return operation
        } view: {
            JobsView($0)
        },
        OperationForm(
            StopJobsOperation.self, "end every job of fleet's on hosts", schema: "jobs", [chosenHosts, dryRun]
        ) {
            values, _ in
            StopJobsOperation(on: values.hosts() ?? .all, isDryRun: values.flag("dry_run"))
        } view: {
            JobsView($0)
        },
    ]

    private static let names = Field("tasks", .texts, "names of tasks of tasks.yaml; all when left out")

    private static let tasks = [
        OperationForm(
            TasksOperation.self, "run tasks on the hosts that fit", schema: "tasks",
            [
                names, hosts, Field("again", .flag, "whether also what was done before"),
                Field("package", .text, "a package to run for each combination of its parameters, instead of tasks"),
                Field("parameters", .values, "with package: each one value or several, such as 100,200,300 or 1..10"),
                Field("verify", .count, "on how many hosts each task is done, to compare the results"),
            ]
        ) { values, command in
            var operation = TasksOperation(try values.tasks, on: values.hosts(), command: command)
            operation.isAgain = values.flag("again")
            operation.verify = values.count("verify")
            return operation
        } view: {
            try $0.whole
        },
        OperationForm(
            TaskPlanOperation.self, "find out which hosts can do which tasks", schema: "tasks-plan", [names, hosts]
        ) {
            values, _ in
            TaskPlanOperation(TaskWords(names: values.texts("tasks")), on: values.hosts())
        } view: {
            TaskPlanView($0)
        },
        OperationForm(TaskStatusOperation.self, "find out which tasks have a result", schema: "tasks-status", [names]) {
            values, _ in
            TaskStatusOperation(TaskWords(names: values.texts("tasks")))
        } view: {
            TaskStatusView($0)
        },
    ]

    private static let fingerprint = Field(
        "fingerprint", .text, "of the host's key, SHA256:…; when left out, the answer tells it and nothing is pinned")
    private static let trust = Field("trust", .flag, "whether any key that a host shows is pinned")

    private static let inventory = [
        OperationForm(
            HostAddOperation.self, "add a host to the inventory", schema: "host-add",
            [
                Field("name", .text, isRequired: true, "letters, digits, dots and dashes"),
                Field("address", .text, "a name or an IP address; the name when left out"),
                Field("user", .text, "whom to log in as"),
                Field("port", .count, "the port of its sshd"), Field("key", .text, "the path of a private key"),
                Field("jump", .text, "the host to go through"), Field("root", .text, "fleet's folder on the host"),
                Field("slots", .count, "how many tasks it runs at once"),
                Field("tags", .texts, "words to select it by"),
                Field("groups", .texts, "groups that it belongs to"),
                fingerprint, trust,
                Field("no_check", .flag, "whether it is written down without being called"),
                Field("same_machine", .flag, "whether the inventory may have the machine under another name already"),
            ]
        ) { values, _ in
            var draft = HostDraft(name: try HostName(values.text("name") ?? ""))
            draft.port = try values.count("port").map { number throws(ValueError) in try Port("\(number)") }
            (draft.address, draft.user) = (values.text("address"), values.text("user"))
            (draft.key, draft.jump, draft.root) = (values.text("key"), values.text("jump"), values.text("root"))
            (draft.slots, draft.tags, draft.groups) = (
                values.count("slots"), values.texts("tags"), values.texts("groups")
            )
            var operation = HostAddOperation(draft, try values.approval)
            operation.isCalled = !values.flag("no_check")
            operation.takesTwins = values.flag("same_machine")
            return operation
        } view: {
            HostAddView($0)
        },
        OperationForm(
            HostRemoveOperation.self, "take a host out of the inventory", schema: "host-remove",
            [
                Field("name", .text, isRequired: true, "which host"),
                Field("purge", .flag, "whether fleet's folder on the host is removed, too"),
                Field("forget_absent", .flag, "whether a host that does not answer may go without that"),
            ]
        ) { values, _ in
            var operation = HostRemoveOperation(try HostName(values.text("name") ?? ""))
            (operation.purges, operation.forgetsAbsent) = (values.flag("purge"), values.flag("forget_absent"))
            return operation
        } view: {
            HostRemoveView($0)
        },
        OperationForm(
            HostPinOperation.self, "write down the keys by which hosts are known", schema: "host-pin",
            [
                chosenHosts, fingerprint, trust,
                Field("replace", .flag, "whether a new key may take the place of the pinned one"),
            ]
        ) { values, _ in
            var operation = HostPinOperation(values.hosts() ?? .all, try values.approval)
            operation.replaces = values.flag("replace")
            return operation
        } view: {
            HostPinView($0)
        },
        OperationForm(
            HostPrepareOperation.self, "install on hosts what fleet can use there", schema: "host-prepare",
            [
                chosenHosts, dryRun,
                Field("supplies", .words(Supply.allCases.map(\.rawValue)), isRequired: true, "what they should have"),
            ]
        ) { values, _ in
            var operation = HostPrepareOperation(
                values.texts("supplies").compactMap(Supply.init(rawValue:)), on: values.hosts() ?? .all)
            operation.dryRun = values.flag("dry_run")
            return operation
        } view: {
            HostPrepareView($0)
        },
    ]

    private static let schedules = [
        OperationForm(
            HostSchedulesOperation.self, "find out what hosts run by themselves", schema: "host-schedules", [hosts]
        ) {
            values, _ in
            HostSchedulesOperation(on: values.hosts() ?? .all)
        } view: {
            HostSchedulesView($0)
        },
        OperationForm(
            SchedulePushOperation.self, "have a host run tasks by its own cron", schema: "schedule-push",
            [names, Field("host", .text, isRequired: true, "which host")]
        ) { values, _ in
            SchedulePushOperation(values.texts("tasks"), to: values.text("host") ?? "")
        } view: {
            SchedulePushView($0)
        },
        OperationForm(
            ScheduleRemoveOperation.self, "take schedules away from hosts", schema: "schedule-remove",
            [names, chosenHosts]
        ) { values, _ in
            ScheduleRemoveOperation(values.texts("tasks"), from: values.hosts() ?? .all)
        } view: {
            ScheduleRemoveView($0)
        },
    ]
}

extension FieldValues {
    /// Tasks of tasks.yaml, or a sweep over the parameters of one package.
    fileprivate var tasks: TaskWords {
        get throws(FieldError) {
            let (names, sweep) = (texts("tasks"), values("parameters"))
            guard let package = text("package") else {
                guard sweep.isEmpty else { throw FieldError("the field parameters needs package", field: "package") }
                return TaskWords(names: names)
            }
            guard names.isEmpty else { throw FieldError("either tasks or package", field: "tasks") }
            return TaskWords(PackageSweep(package, sweep))
        }
    }

    fileprivate var approval: KeyApproval {
        get throws(FieldError) {
            guard let text = text("fingerprint") else { return flag("trust") ? .trust : .ask }
            guard !flag("trust") else {
                throw FieldError("give either fingerprint or trust: both are there", field: "trust")
            }
            return .fingerprint(text)
        }
    }
}

extension QueueReport {
    /// - Throws: when the ledger does not have the end of the run.
    var whole: TasksView {
        get throws {
            if let problem { throw problem }
            return TasksView(self)
        }
    }
}
