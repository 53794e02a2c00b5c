import FleetBase
import FleetTesting
import Foundation

/// The sockets of this process as /proc shows them.
enum Sockets {
    /// How many of this process lead nowhere but to itself: socketpair(2).
    static var localCount: Int {
        let links = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        let own = links.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)") }
        let table = ProcFile.contents("/proc/net/unix") ?? ""
        let local = Set(
            table.split(separator: "\n").dropFirst().compactMap { $0.split(separator: " ").dropFirst(6).first })
        return own.count { link in local.contains { link == "socket:[\($0)]" } }
    }

    /// How many of this process lead to a port.
    static func count(to port: FleetBase.Port) -> Int {
        let links = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        let own = Set(
            links.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)") })
        let table = ProcFile.contents("/proc/net/tcp") ?? ""
        let number = String(port.number, radix: 16, uppercase: true)
        let suffix = ":" + String(repeating: "0", count: 4 - number.count) + number
        return table.split(separator: "\n").filter { line in
            let fields = line.split(separator: " ")
            return fields.count > 9 && fields[2].hasSuffix(suffix) && own.contains("socket:[\(fields[9])]")
        }.count
    }
}
