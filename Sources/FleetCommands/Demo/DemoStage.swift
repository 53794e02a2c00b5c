import FleetBase
import FleetConfig
import FleetLab
import FleetService
import FleetTerminal
import FoundationEssentials

/// Where a demo takes place: a project of its own, below `.fleet` of the real one and with its packages; without the package
/// benchmark there, in a temporary folder, and with a package that fleet has in itself.
struct DemoStage {
    /// Which package is shown.
    let package: ExamplePackage
    private let project: Project
    private let lab: Lab
    private let context: CommandContext
    private let console: Console
    private let language: Language?

    init(in project: Project?, _ context: CommandContext, _ console: Console, language: Language?) throws {
        let owner = project.flatMap { $0.packageNames.contains("benchmark") ? $0 : nil }
        // What can be built on every machine, since nothing needs to be.
        package = owner == nil ? .sweepPi : .benchmark
        let folder = owner.map { $0.workFolder + "/demo" }
        let temporary = FileManager.default.temporaryDirectory.appending(path: "fleet-demo-\(UUID())").path
        self.project = Project(folder: folder ?? temporary)
        self.context = context
        self.console = console
        self.language = language
        lab = self.project.lab
        clear()
        try FileManager.default.createDirectory(
            atPath: self.project.folder + "/inventory", withIntermediateDirectories: true)
        if let owner {
            try FileManager.default.createSymbolicLink(
                atPath: self.project.packagesFolder, withDestinationPath: owner.packagesFolder)
        } else {
            _ = try package.write(in: self.project)
        }
    }

    func open(hosts count: Int) throws {
        _ = try lab.up(count: count)
        try lab.writeInventory(to: project.hostsFile)
    }

    /// Shuts down the last hosts that are still up.
    func stop(hosts count: Int) {
        for host in lab.hosts.filter({ $0.process != nil }).suffix(count) { lab.stop(host) }
    }

    /// Says what comes, types the command, and runs it.
    ///
    /// - Throws: when the command ends with another status than it should, or the demo was cancelled.
    func show(_ explanation: Message, _ words: [String], expecting expected: ExitCode = .success) async throws {
        console.note(Message(verbatim: ""))
        console.note(explanation)
        console.note(Message(verbatim: "$ fleet " + words.joined(separator: " ")))
        // Neither an environment nor a configuration leads to somebody's real hosts.
        let options =
            ["--project", project.folder, "--inventory", project.hostsFile]
            + (language.map { ["--lang", $0.rawValue] } ?? [])
        let status = await FleetProgram.run(options + words, context)
        if Task.isCancelled { throw Ended(code: .cancelled) }
        guard status == expected.rawValue else {
            throw DemoError(message: Message("the demo's command ended with status \(status)"), hint: nil)
        }
        if expected != .success { console.note(Message("(exit status \(status))")) }
    }

    /// Ends the hosts and removes the stage.
    func clear() {
        try? lab.down()
        try? FileManager.default.removeItem(atPath: project.folder)
    }
}

/// The demo can't go on.
struct DemoError: DescribedError {
    let message: Message
    let hint: Message?
    var exitCode: ExitCode { .unexpected }
}
