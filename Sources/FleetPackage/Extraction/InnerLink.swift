import FleetBase

/// Where a link of an archive may point: anywhere in the folder that the archive is unpacked into.
///
/// As in ``LinkTarget``, `..` stands only at the beginning of what is written; names are any bytes.
struct InnerLink {
    let target: [UInt8]

    /// - Parameters:
    ///   - given: what the archive says.
    ///   - link: the path of the link itself.
    ///   - origin: where the link lay.
    /// - Returns: nil for a link that leads out of the folder, or may do so through another link.
    init?(_ given: [UInt8], of link: BytePath, origin: ArchiveOrigin?) {
        if given.first == UInt8(ascii: "/") {
            guard let path = origin?.path(of: given) else { return nil }
            target = Self.relative(path, from: link)
            return
        }
        let slash = UInt8(ascii: "/")
        let names = given.split(separator: slash).filter { !$0.elementsEqual(".".utf8) }
        let ups = names.prefix { $0.elementsEqual("..".utf8) }.count
        guard !given.isEmpty, !given.contains(0), ups < link.components.count,
            !names.dropFirst(ups).contains(where: { $0.elementsEqual("..".utf8) })
        else { return nil }
        target = names.isEmpty ? [UInt8(ascii: ".")] : Array(names.joined(separator: [slash]))
    }

    private static func relative(_ path: BytePath, from link: BytePath) -> [UInt8] {
        let (names, folders) = (path.components, link.components.dropLast())
        let common = zip(names.dropLast(), folders).prefix { $0 == $1 }.count
        let ups = folders.dropFirst(common).map { _ in ArraySlice("..".utf8) }
        return Array((ups + names.dropFirst(common)).joined(separator: [UInt8(ascii: "/")]))
    }
}
