import FleetConfig
import FleetPackage

extension PlannedTask {
    /// Where its results go.
    func folder(in project: Project) -> String { TaskSpec.folder(of: record, in: project) }

    /// What it has left, as input files of a task that comes after it: `inputs/NAME.POSITION/…`.
    func results(_ result: QueueResult, in project: Project) -> [(path: String, file: String)] {
        let own = folder(in: project)
        let folder = result.outcome?.results ?? own
        let name = own.split(separator: "/").last.map(String.init) ?? ""
        return (["stdout"] + Self.files(below: folder + "/out")).map {
            ("inputs/\(name)/" + $0.replacing("out/", with: "", maxReplacements: 1), "\(folder)/\($0)")
        }
    }

    private static func files(below folder: String) -> [String] {
        ((try? FolderListing.files(below: folder)) ?? []).map { "out/\($0)" }
    }
}
