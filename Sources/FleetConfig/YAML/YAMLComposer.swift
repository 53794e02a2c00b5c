import FleetBase

/// Builds the tree of a document from its events.
///
/// An alias stands for a copy of its anchor's node. Since a few lines of nested aliases can stand for billions of
/// nodes, the nodes are counted as if each alias were written out.
struct YAMLComposer: ~Copyable {
    private static let maximumDepth = 64
    private static let maximumNodes = 100_000

    private var events: YAMLEventReader
    private var anchors: [String: (node: YAMLNode, weight: Int)] = [:]
    private var nodes = 0

    init(events: consuming YAMLEventReader) { self.events = events }

    /// The one document of the stream; an empty stream is a document without a value.
    mutating func document() throws(ConfigError) -> YAMLNode {
        _ = try events.next()
        let first = try events.next()
        guard first.kind == .documentStart else { return node(.scalar("", isPlain: true), first, end: first.start) }
        let root = try compose(try events.next(), depth: 0)
        _ = try events.next()
        let last = try events.next()
        guard last.kind == .streamEnd else {
            throw ConfigError(.syntax, at: place(last), Message("a second document starts here: one file holds one"))
        }
        return root
    }

    private mutating func compose(_ event: YAMLEvent, depth: Int) throws(ConfigError) -> YAMLNode {
        guard depth < Self.maximumDepth else {
            throw ConfigError(.syntax, at: place(event), Message("nested too deeply"))
        }
        let before = nodes
        nodes += 1
        let node = try content(of: event, depth: depth)
        guard nodes <= Self.maximumNodes else {
            throw ConfigError(.syntax, at: place(event), Message("too many values, aliases written out"))
        }
        if let anchor = event.anchor { anchors[anchor] = (node, nodes - before) }
        return node
    }

    private mutating func content(of event: YAMLEvent, depth: Int) throws(ConfigError) -> YAMLNode {
        switch event.kind {
        case .scalar(let text, let isPlain):
            let isText = try isTaggedText(event)
            return node(.scalar(text, isPlain: isPlain && !isText), event, end: event.end)
        case .alias(let name):
            guard let (target, weight) = anchors[name] else {
                throw ConfigError(.unknownName, at: place(event), Message("no anchor \"\(name)\" above this alias"))
            }
            nodes += weight - 1
            return node(target.content, event, end: event.end)
        case .sequenceStart: return try sequence(event, depth: depth)
        case .mappingStart: return try mapping(event, depth: depth)
        default: preconditionFailure("libyaml never opens a node with \(event.kind)")
        }
    }

    private mutating func sequence(_ opening: YAMLEvent, depth: Int) throws(ConfigError) -> YAMLNode {
        _ = try isTaggedText(opening)
        var elements: [YAMLNode] = []
        var event = try events.next()
        while event.kind != .sequenceEnd {
            elements.append(try compose(event, depth: depth + 1))
            event = try events.next()
        }
        return node(.sequence(elements), opening, end: opening.isFlow ? event.end : elements.last?.end ?? opening.end)
    }

    private mutating func mapping(_ opening: YAMLEvent, depth: Int) throws(ConfigError) -> YAMLNode {
        _ = try isTaggedText(opening)
        var entries: [YAMLNode.Entry] = []
        var seen: [String: SourceMark] = [:]
        var event = try events.next()
        while event.kind != .mappingEnd {
            let key = try key(event, depth: depth)
            if let first = seen.updateValue(event.start, forKey: key) {
                throw ConfigError(
                    .duplicate, at: place(event), Message("the key \"\(key)\" stands in line \(first.line) already"))
            }
            let value = try compose(try events.next(), depth: depth + 1)
            entries.append(YAMLNode.Entry(key: key, keyStart: event.start, value: value))
            event = try events.next()
        }
        return node(
            .mapping(entries), opening, end: opening.isFlow ? event.end : entries.last?.value.end ?? opening.end)
    }

    private mutating func key(_ event: YAMLEvent, depth: Int) throws(ConfigError) -> String {
        guard case .scalar(let key, _) = try compose(event, depth: depth + 1).content else {
            throw ConfigError(.wrongType, at: place(event), Message("a key must be plain text"))
        }
        return key
    }

    /// True for `!!str`; any other tag asks for types that fleet does not have.
    private func isTaggedText(_ event: YAMLEvent) throws(ConfigError) -> Bool {
        guard let tag = event.tag else { return false }
        guard case .scalar = event.kind, tag == "!" || tag == "tag:yaml.org,2002:str" else {
            throw ConfigError(.syntax, at: place(event), Message("the tag \(tag) is not supported"))
        }
        return true
    }

    private func node(_ content: YAMLNode.Content, _ event: YAMLEvent, end: SourceMark) -> YAMLNode {
        YAMLNode(content: content, isFlow: event.isFlow, file: events.file, start: event.start, end: end)
    }

    private func place(_ event: YAMLEvent) -> SourcePlace { SourcePlace(file: events.file, mark: event.start) }
}
