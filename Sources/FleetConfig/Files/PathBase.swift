/// Where the paths in a file start from: `~` is the user's home, a relative path lies in the project.
package struct PathBase: Sendable, Hashable {
    package let folder: String
    package let home: String

    package init(folder: String, home: String) {
        self.folder = folder
        self.home = home
    }

    package func resolve(_ path: String) -> String {
        if path == "~" { return home }
        if path.hasPrefix("~/") { return home + path.dropFirst() }
        return path.hasPrefix("/") ? path : "\(folder)/\(path)"
    }
}
