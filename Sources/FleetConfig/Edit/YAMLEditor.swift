import FleetBase

/// Changes values in a YAML text and leaves every other byte as it is: comments, order, quotes, blank lines.
///
/// A change is cut into the text where the tree says; then the text is read again and must mean exactly what was
/// wanted. What cannot be done so is refused and changes nothing.
struct YAMLEditor {
    private let file: String
    private(set) var source: TextBytes
    private(set) var root: YAMLNode

    init(_ text: String, file: String) throws(ConfigError) {
        self.file = file
        source = TextBytes(text)
        root = try YAMLNode(parsing: text, file: file)
    }

    var text: String { source.text }

    /// Sets the value at `path`, making the mappings above it where they are missing.
    mutating func set(_ path: [String], to draft: YAMLDraft) throws(ConfigError) {
        let (found, isInFlow, rest) = walk(path)
        let edits: [TextEdit]
        if let key = rest.first {
            let value = rest.dropFirst().reversed().reduce(draft) { .mapping([($1, $0)]) }
            edits = try insertion(of: value, under: key, into: found, isInFlow: isInFlow)
        } else {
            let space = found.value.start == found.value.end ? " " : ""
            edits = [TextEdit(found.value.range, space + draft.inline)]
        }
        try apply(edits, expecting: root.shape.setting(path[...], to: draft.shape), at: found.value)
    }

    /// Takes out the value at `path` with its key and the comment lines right above it.
    mutating func remove(_ path: [String]) throws(ConfigError) {
        let (parent, _, rest) = walk(path.dropLast())
        guard rest.isEmpty, let entries = parent.value.mapping, let key = path.last,
            let index = entries.firstIndex(where: { $0.key == key })
        else { return }
        let spans = entries.map { $0.keyStart.offset..<$0.value.end.offset }
        let edit = parent.value.isFlow ? removal(of: index, inFlow: spans) : removal(ofLines: spans[index])
        try apply([edit], expecting: root.shape.setting(path[...], to: nil), at: parent.value)
    }

    /// Adds a text at the end of the list at `path`.
    mutating func append(_ text: String, to path: [String]) throws(ConfigError) {
        guard let list = node(at: path), case .sequence(let elements) = list.content, let last = elements.last else {
            return try set(path, to: .list([text]))
        }
        let written = YAMLDraft.scalar(text)
        let lead = source.text(source.startOfLine(last.start.offset)..<last.start.offset)
        let edit =
            list.isFlow
            ? TextEdit(last.end.offset..<last.end.offset, ", \(written)")
            : source.insertion([lead + written], afterLineOf: last.end.offset)
        try apply([edit], expecting: expectation(path, elements.map(\.shape) + [.string(text)]), at: list)
    }

    /// Takes a text out of the list at `path`, wherever it stands in it.
    mutating func removeElement(_ text: String, from path: [String]) throws(ConfigError) {
        while let list = node(at: path), case .sequence(let elements) = list.content,
            let index = elements.firstIndex(where: { $0.shape == .string(text) })
        {
            let spans = elements.map(\.range)
            let edit = list.isFlow ? removal(of: index, inFlow: spans) : removal(ofLines: spans[index])
            var rest = elements.map(\.shape)
            rest.remove(at: index)
            try apply([edit], expecting: expectation(path, rest), at: list)
        }
    }

    private func node(at path: [String]) -> YAMLNode? {
        path.reduce(root) { node, key in node?[key] }
    }

    private func expectation(_ path: [String], _ elements: [JSONValue]) -> JSONValue? {
        root.shape.setting(path[...], to: elements.isEmpty ? .null : .array(elements))
    }

    private mutating func apply(
        _ edits: [TextEdit], expecting shape: JSONValue?, at node: YAMLNode
    ) throws(ConfigError) {
        var changed = source
        changed.apply(edits)
        guard let reread = try? YAMLNode(parsing: changed.text, file: file), reread.shape == shape else {
            throw ConfigError(
                .notEditable, at: node.place, Message("written in a way that can't be changed here without harm"),
                hint: Message("make this change in an editor"))
        }
        source = changed
        root = reread
    }
}
