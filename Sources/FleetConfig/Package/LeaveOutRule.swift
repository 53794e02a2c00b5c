import FleetBase

/// A line that leaves files out of a package, or with `!` brings back what a line before it leaves out.
package struct LeaveOutRule: Sendable, Hashable {
    package enum Origin: Sendable, Hashable {
        /// fleet's own: see ``usual``.
        case usual
        /// A line of `.fleetignore`.
        case file(line: Int)
        /// `exclude:` in package.yaml.
        case excluded
        /// A rule for the files that an image is made from.
        case image
        /// What is built for an engine that can't be built here.
        case engine
        /// Not a line: `files:` names others.
        case notIncluded
    }

    package static let fileName = ".fleetignore"

    package let origin: Origin
    /// As it is written.
    package let text: String
    let pattern: PathPattern
    /// Whether it brings back.
    let isNegated: Bool

    /// - Parameter given: with `!` in front to bring back.
    init(_ given: [UInt8], _ origin: Origin) {
        self.origin = origin
        text = ShownBytes.text(of: given)
        isNegated = given.first == UInt8(ascii: "!")
        pattern = PathPattern(isNegated ? Array(given.dropFirst()) : given)
    }

    init(literal path: String, _ origin: Origin) {
        (self.origin, text, isNegated, pattern) = (origin, path, false, PathPattern(literal: path))
    }

    static let notIncluded = LeaveOutRule(literal: "files:", .notIncluded)

    /// Where the rule stands: `default`, `.fleetignore:3`, `exclude`, `files`, `image`, `engine`.
    package var place: String {
        switch origin {
        case .usual: "default"
        case .file(let line): "\(Self.fileName):\(line)"
        case .excluded: "exclude"
        case .image: "image"
        case .engine: "engine"
        case .notIncluded: "files"
        }
    }
}

extension LeaveOutRule {
    /// Caches, the folders of version control, what editors and desktops leave, and environments that work only where
    /// they were made. `build/`, `node_modules/` and dot files as such are not among them: a worker may need them.
    static let usual = [
        "__pycache__/", "*.pyc", "*.pyo", ".pytest_cache/", ".mypy_cache/", ".ruff_cache/", ".ipynb_checkpoints/",
        ".tox/", ".venv/", "*~", "#*#", ".#*", "*.swp", "*.swo", ".idea/", ".vscode/", ".DS_Store", "._*", "Thumbs.db",
        "desktop.ini", ".git", ".hg", ".svn", ".nfs*", fileName,
    ].map { LeaveOutRule(Array($0.utf8), .usual) }

    /// The lines of a `.fleetignore`, in the syntax of gitignore(5).
    static func rules(in file: [UInt8]) -> [LeaveOutRule] {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = file.starts(with: mark) ? file.dropFirst(mark.count) : file[...]
        let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return lines.enumerated().compactMap { index, line in
            let pattern = trimmed(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
            guard let first = pattern.first, first != UInt8(ascii: "#") else { return nil }
            return LeaveOutRule(pattern, .file(line: index + 1))
        }
    }

    /// Without spaces at the end, unless a backslash stands before them.
    private static func trimmed(_ line: ArraySlice<UInt8>) -> [UInt8] {
        var kept = line
        while kept.last == UInt8(ascii: " ") {
            let backslashes = kept.dropLast().reversed().prefix { $0 == UInt8(ascii: "\\") }.count
            guard backslashes.isMultiple(of: 2) else { break }
            kept = kept.dropLast()
        }
        return Array(kept)
    }
}
