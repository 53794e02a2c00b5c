import FleetBase
import FleetConfig
import FleetPackage

extension PlannedTask {
    /// Where its results go.
    func folder(in project: Project) -> String { TaskSpec.folder(of: record, in: project) }

    /// What it has left, as input files of a task that comes after it: `inputs/NAME.POSITION/…`.
    ///
    /// A link that leads out of `out/` comes as the file behind it, if that is one of the results.
    func results(_ result: QueueResult, in project: Project) -> [ArchivedFile] {
        let own = folder(in: project)
        let folder = result.outcome?.results ?? own
        let target = "inputs/" + (own.split(separator: "/").last.map(String.init) ?? "")
        let output = ArchivedFile(path: "\(target)/stdout", file: "\(folder)/stdout")
        guard let files = try? ArchivedFile.files(below: "\(folder)/out", at: target, behindLinks: folder) else {
            return [output]
        }
        return [output] + files
    }
}
