import FleetBase
import FleetConfig
import FleetHosts

/// By which hosts tell the schedules of one master from those of others: eight hex digits, made once for a project.
struct MasterID: Sendable {
    let text: String

    /// Blocks.
    init(of project: Project) throws(EngineError) {
        let path = "\(project.workFolder)/master"
        if let known = Disk.text(path), !known.isEmpty {
            text = known
            return
        }
        let made = (0..<4).map { _ in UInt8.random(in: 0 ... .max) }.hex
        try Disk.makeFolder(project.workFolder)
        try Disk.write(made, to: path)
        text = made
    }
}
