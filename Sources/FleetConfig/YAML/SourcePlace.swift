/// A position in a text: line and column count from 1, the column in characters, the offset in bytes from 0.
package struct SourceMark: Sendable, Hashable {
    package let line: Int
    package let column: Int
    package let offset: Int
}

/// A position in a file, printed as compilers do: `inventory/hosts.yaml:4:3`.
package struct SourcePlace: Sendable, Hashable, CustomStringConvertible {
    package let file: String
    package let mark: SourceMark

    package var description: String { "\(file):\(mark.line):\(mark.column)" }
}
