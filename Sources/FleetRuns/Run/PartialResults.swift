import FleetBase
import FleetHosts

/// Results on their way home: they lie beside the place where they belong until they are whole.
enum PartialResults {
    /// Stands between the name of that place and the number of the attempt.
    static let mark = ".part-"

    /// Removes those of tasks that have their results from elsewhere, which a master that was killed has left.
    ///
    /// - Parameter folders: where the results of those tasks are. What else lies beside them is not touched.
    static func remove(beside folders: [String]) {
        var names: [String: Set<String>] = [:]
        for folder in folders {
            guard let slash = folder.lastIndex(of: "/") else { continue }
            names[String(folder[..<slash]), default: []].insert(String(folder[folder.index(after: slash)...]))
        }
        for (parent, own) in names {
            for name in Disk.folders(in: parent) where isPartial(name, of: own) { Disk.remove("\(parent)/\(name)") }
        }
    }

    private static func isPartial(_ name: String, of own: Set<String>) -> Bool {
        // The first mark may be a part of the task's own name.
        guard let range = name.ranges(of: mark).last, !own.contains(name) else { return false }
        let number = name[range.upperBound...].prefix { $0 != "." }
        return own.contains(String(name[..<range.lowerBound])) && Int(number) != nil
    }
}
