import FleetBase
import Glibc

/// Whole files, read and written in one go.
enum TextFile {
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    static func read(_ path: String) throws(ConfigError) -> [UInt8] {
        try OpenFile(path, O_RDONLY).readAll()
    }

    /// Replaces a file so that every reader sees the old text or the new one, also after a power cut.
    ///
    /// A symbolic link keeps pointing where it does; the file behind it is replaced.
    static func replace(_ path: String, with text: String) throws(ConfigError) {
        let target = resolved(path)
        let temporary = "\(target).\(getpid())-\(UInt32.random(in: 0 ... .max)).tmp"
        do throws(ConfigError) {
            try write(text, toNew: temporary)
            guard rename(temporary, target) == 0 else { throw ConfigError.system(Message("replace"), path) }
        } catch {
            unlink(temporary)
            throw error
        }
        try OpenFile(folder(of: target), O_RDONLY | O_DIRECTORY).sync()
    }

    /// Writes a file that must not exist yet.
    static func write(_ text: String, toNew path: String, mode: mode_t = 0o644) throws(ConfigError) {
        let file = try OpenFile(path, O_WRONLY | O_CREAT | O_EXCL, mode: mode)
        try file.writeAll(Array(text.utf8))
        try file.sync()
    }

    /// Makes a folder and the ones above it.
    static func makeFolder(_ path: String) throws(ConfigError) {
        guard !isFolder(path) else { return }
        try makeFolder(folder(of: path))
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw ConfigError.system(Message("make"), path) }
    }

    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}
