import FleetBase
import FoundationEssentials
import Glibc

/// A folder for a moment, below the project's work folder. What a killed fleet has left of its own is removed by the next.
package struct ScratchFolder: ~Copyable {
    package let path: String

    package init(in workFolder: String) throws(EngineError) {
        let home = workFolder + "/tmp"
        try Disk.makeFolder(home)
        Self.sweep(home)
        var template = Array("\(home)/\(getpid())-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw EngineError(.packing, Message("can't make the folder \(home)")) }
        path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    private static func sweep(_ home: String) {
        for name in Disk.folders(in: home) {
            guard let owner = pid_t(name.prefix { $0 != "-" }), kill(owner, 0) != 0, errno == ESRCH else { continue }
            try? FileManager.default.removeItem(atPath: "\(home)/\(name)")
        }
    }
}
