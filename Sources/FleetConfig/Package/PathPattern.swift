import FleetBase

/// A pattern for paths as in gitignore(5): `*` stays in one folder, `**` crosses them, a pattern without a slash but at
/// its end fits at any depth, one that ends in a slash fits folders alone.
struct PathPattern: Sendable, Hashable {
    private enum Part: Sendable, Hashable {
        case name(NameGlob)
        /// `**`
        case folders
    }

    private let parts: [Part]
    /// Whether it starts at the top, rather than fit at any depth.
    let isAnchored: Bool
    private let isFolderOnly: Bool
    /// Two slashes side by side fit nothing.
    private let isPossible: Bool

    init(_ text: String) { self.init(Array(text.utf8)) }

    init(_ bytes: [UInt8]) {
        let slash = UInt8(ascii: "/")
        isFolderOnly = bytes.last == slash
        isAnchored = bytes.dropLast().contains(slash)
        let inner = bytes.dropFirst(bytes.first == slash ? 1 : 0).dropLast(isFolderOnly ? 1 : 0)
        let names = inner.split(separator: slash, omittingEmptySubsequences: false)
            .filter { !$0.elementsEqual(".".utf8) }
        isPossible = names.allSatisfy { !$0.isEmpty }
        parts = names.map { $0.elementsEqual("**".utf8) ? .folders : .name(NameGlob($0)) }
    }

    /// A path itself, whatever special characters it holds.
    init(literal path: String) {
        parts = path.utf8.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual(".".utf8) }
            .map { .name(NameGlob(literal: $0)) }
        (isAnchored, isFolderOnly, isPossible) = (true, false, true)
    }

    /// Whether a path fits, or a folder in which it lies.
    func covers(_ path: BytePath, isFolder: Bool = false) -> Bool {
        let names = path.components
        return names.indices.contains { matches(names[...$0], isFolder: isFolder || $0 < names.count - 1) }
    }

    /// Whether a path itself fits.
    func matches(_ path: BytePath, isFolder: Bool) -> Bool { matches(path.components[...], isFolder: isFolder) }

    private func matches(_ names: ArraySlice<ArraySlice<UInt8>>, isFolder: Bool) -> Bool {
        guard isPossible, isFolder || !isFolderOnly, !parts.isEmpty else { return false }
        guard isAnchored else { return Self.matches(parts[...], names.suffix(1)) }
        return Self.matches(parts[...], names)
    }

    /// As ``NameGlob/matches(_:)``: it goes back only to the last `**`. One at the end needs something to stand for.
    private static func matches(_ parts: ArraySlice<Part>, _ names: ArraySlice<ArraySlice<UInt8>>) -> Bool {
        var (part, place) = (parts.startIndex, names.startIndex)
        var retry: (part: Int, place: Int)?
        while place < names.endIndex {
            if part < parts.endIndex, parts[part] == .folders {
                if part + 1 == parts.endIndex { return true }
                retry = (part + 1, place)
                part += 1
            } else if part < parts.endIndex, case .name(let glob) = parts[part], glob.matches(names[place]) {
                (part, place) = (part + 1, place + 1)
            } else if let (next, start) = retry {
                retry = (next, start + 1)
                (part, place) = (next, start + 1)
            } else {
                return false
            }
        }
        return part == parts.endIndex
    }

    /// Whether something in a folder may fit, as far as the pattern's first names tell.
    func mayCover(below folder: BytePath) -> Bool {
        guard isAnchored else { return true }
        for (part, name) in zip(parts, folder.components) {
            guard case .name(let glob) = part else { return true }
            guard glob.matches(name) else { return false }
        }
        return true
    }
}
