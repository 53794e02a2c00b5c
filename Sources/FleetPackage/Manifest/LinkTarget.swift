package import FleetBase

/// Where a symbolic link inside a folder points: never out of that folder.
///
/// It is relative, and `..` stands only at its beginning. A `..` further on could follow another link and leave the
/// folder from where that one ends; at the beginning it starts from the link's own folder, which is a real one.
package struct LinkTarget: Hashable, Sendable, CustomStringConvertible {
    private let bytes: ByteText

    /// - Parameter link: the path of the link itself.
    package init(_ text: String, of link: RelativePath) throws(ValueError) {
        let components = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let ups = components.prefix { Self.isUp($0) }.count
        let rest = components.dropFirst(ups)
        let isInside =
            ups < link.components.count
            && rest.allSatisfy { !$0.isEmpty && !$0.elementsEqual(".".utf8) && !Self.isUp($0) }
        guard !text.isEmpty, isInside, !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw ValueError(Message("\(link) is a link to \"\(text)\", which is not a path inside its folder"))
        }
        bytes = ByteText(text)
    }

    private static func isUp(_ component: Substring.UTF8View) -> Bool { component.elementsEqual("..".utf8) }

    package var text: String { bytes.text }
    package var description: String { text }
}
