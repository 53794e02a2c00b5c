package import FleetBase
package import FleetConfig
import FleetPackage

/// What of a package's folder is in the package, and what is not.
package struct PackageSelection: Sendable {
    package struct LeftOut: Sendable {
        package let path: BytePath
        package let isFolder: Bool
        package let rule: LeaveOutRule
    }

    package let files: [RelativePath]
    /// Sorted by path; what lies in a folder that is left out is not named unless something of it is in the package.
    package let leftOut: [LeftOut]
}

extension PackageBuilder {
    /// What a package holds as its folder is now, without building it.
    package func selection(of name: String) throws -> PackageSelection {
        try selection(of: try file(name), in: "\(project.packagesFolder)/\(name)")
    }

    func selection(of file: PackageFile, in folder: String) throws -> PackageSelection {
        var leftOut: [PackageSelection.LeftOut] = []
        // Folders that a rule leaves out and that are looked through all the same.
        var entered: [BytePath: LeaveOutRule] = [:]
        let files = try FolderListing.files(below: folder) { path, kind in
            let isFolder = kind == .folder
            let inherited = path.parent.flatMap { entered[$0] }
            guard let rule = file.content.rule(leavingOut: path, isFolder: isFolder, inside: inherited) else {
                return false
            }
            if isFolder, file.content.reaches(into: path, leftOutBy: rule) {
                entered[path] = rule
                return false
            }
            leftOut.append(PackageSelection.LeftOut(path: path, isFolder: isFolder, rule: rule))
            return true
        }
        return PackageSelection(files: files, leftOut: leftOut.sorted { $0.path < $1.path })
    }
}
