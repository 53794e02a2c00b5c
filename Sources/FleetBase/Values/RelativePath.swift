/// A path below some root: never absolute, no empty, `.` or `..` component, no control characters.
package struct RelativePath: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) throws(ValueError) {
        let components = text.split(separator: "/", omittingEmptySubsequences: false)
        let areSafe = components.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
        guard areSafe, !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw ValueError(Message("\"\(text)\" is not a relative path inside the package"))
        }
        self.text = text
    }

    package var components: [Substring] { text.split(separator: "/") }
    package var description: String { text }

    /// By bytes, so that the order is the same in every locale.
    package static func < (left: RelativePath, right: RelativePath) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
}
