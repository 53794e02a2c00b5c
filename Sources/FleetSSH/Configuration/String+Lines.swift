extension String {
    /// The lines of a file, also of one with the line ends of Windows: Swift takes CR LF for one character.
    var lines: [Substring] { split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" } }
}
