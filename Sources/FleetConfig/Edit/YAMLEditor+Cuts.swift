/// Where to cut, for each way in which a value may be written.
extension YAMLEditor {
    /// A value and the entry that holds it; the root has none.
    typealias Found = (value: YAMLNode, owner: YAMLNode.Entry?)

    /// Goes down `path` as far as it leads.
    func walk(_ path: some Collection<String>) -> (found: Found, isInFlow: Bool, rest: ArraySlice<String>) {
        var found: Found = (root, nil)
        var isInFlow = false
        var rest = Array(path)[...]
        while let key = rest.first, let entry = found.value.entry(key) {
            isInFlow = isInFlow || found.value.isFlow
            found = (entry.value, entry)
            rest = rest.dropFirst()
        }
        return (found, isInFlow, rest)
    }

    func insertion(
        of draft: YAMLDraft, under key: String, into target: Found, isInFlow: Bool
    ) throws(ConfigError) -> [TextEdit] {
        let entries = try target.value.entries()
        let pair = YAMLDraft.mapping([(key, draft)]).inline
        if target.value.isFlow, let last = entries.last?.value {
            // `a:,` would be a text; only a blank makes the colon one of a mapping.
            let comma = last.range.isEmpty ? " , " : ", "
            let end = source.startOfSpaces(before: last.end.offset)
            return [TextEdit(end..<end, comma + pair.dropFirst(2).dropLast(2))]
        }
        if isInFlow { return [TextEdit(target.value.range, target.value.isFlow ? pair : " " + pair)] }
        if let first = entries.first {
            let lines = draft.lines(under: key, indent: first.keyStart.column - 1, step: step)
            return [source.insertion(lines, afterLineOf: lastByte(of: target.value))]
        }
        let indent = target.owner.map { $0.keyStart.column - 1 + step } ?? 0
        return emptied(target, lines: draft.lines(under: key, indent: indent, step: step))
    }

    /// Lines below a key that has no value yet, or `{}` or `~`, which goes away.
    private func emptied(_ target: Found, lines: [String]) -> [TextEdit] {
        let end = target.owner == nil ? source.bytes.count : target.value.end.offset
        let gone = source.startOfSpaces(before: target.value.start.offset)..<target.value.range.upperBound
        return [TextEdit(gone, ""), source.insertion(lines, afterLineOf: end)]
    }

    /// In brackets an element goes with the comma that parts it from its neighbour.
    func removal(of index: Int, inFlow spans: [Range<Int>]) -> TextEdit {
        if index + 1 < spans.count { return TextEdit(spans[index].lowerBound..<spans[index + 1].lowerBound, "") }
        let start = index > 0 ? spans[index - 1].upperBound : spans[index].lowerBound
        return TextEdit(start..<spans[index].upperBound, "")
    }

    /// Whole lines, from the comments right above them that are indented alike.
    func removal(ofLines span: Range<Int>) -> TextEdit {
        var start = source.startOfLine(span.lowerBound)
        let comment = source.text(start..<span.lowerBound).prefix { $0 == " " } + "#"
        while start > 0, case let above = source.startOfLine(start - 1), source.text(above..<start).hasPrefix(comment) {
            start = above
        }
        return TextEdit(start..<source.endOfLine(max(span.lowerBound, span.upperBound - 1)), "")
    }

    /// A block scalar ends at the start of the line after it.
    private func lastByte(of node: YAMLNode) -> Int {
        let isAtLineStart = source.startOfLine(node.end.offset) == node.end.offset
        return isAtLineStart && node.end.offset > 0 ? node.end.offset - 1 : node.end.offset
    }

    /// How far the file indents.
    private var step: Int {
        let columns =
            root.mapping?.compactMap { $0.value.isFlow ? nil : $0.value.mapping?.first?.keyStart.column } ?? []
        return columns.first.map { $0 - 1 } ?? 2
    }
}

extension YAMLNode {
    /// The bytes of the node.
    var range: Range<Int> { start.offset..<max(start.offset, end.offset) }
}
