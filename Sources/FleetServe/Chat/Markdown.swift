import CMD4C
import FleetBase

/// A text in Markdown as a tree of a few kinds of nodes, which a page builds element by element: no HTML is made of what a
/// model says. Read by md4c in GitHub's dialect, without raw HTML.
struct Markdown: Sendable {
    /// One node: `{"kind", "text"}` for text, else `{"kind", "children"}` and what its kind has beside.
    let document: JSONValue

    /// No longer text is read; what is behind comes as plain text.
    private static let longest = 512 << 10
    /// Nodes that lie deeper are left out, and their text stays.
    private static let deepest = 40

    init(_ text: String) {
        let bytes = Array(text.utf8)
        let builder = TreeBuilder(deepest: Self.deepest)
        var parser = MD_PARSER()
        parser.flags = UInt32(fleet_md_flags)
        parser.enter_block = { kind, detail, builder in TreeBuilder.of(builder).enter(block: kind, detail) }
        parser.leave_block = { kind, _, builder in TreeBuilder.of(builder).leave(block: kind) }
        parser.enter_span = { kind, detail, builder in TreeBuilder.of(builder).enter(span: kind, detail) }
        parser.leave_span = { kind, _, builder in TreeBuilder.of(builder).leave(span: kind) }
        parser.text = { kind, text, size, builder in
            TreeBuilder.of(builder).add(kind, UnsafeBufferPointer(start: text, count: Int(size)))
        }
        let code = bytes.prefix(Self.longest).withUnsafeBytes { raw in
            md_parse(
                raw.assumingMemoryBound(to: CChar.self).baseAddress, MD_SIZE(raw.count), &parser,
                Unmanaged.passUnretained(builder).toOpaque())
        }
        // Without memory for a tree, or with too many nodes, the text itself will do.
        var children = code == 0 ? builder.finish() : [["kind": "text", "text": .string(text)]]
        if code == 0, bytes.count > Self.longest {
            children.append(["kind": "text", "text": .string(String(decoding: bytes[Self.longest...], as: UTF8.self))])
        }
        document = ["kind": "document", "children": .array(children)]
    }
}

/// Puts together what md4c calls out.
private final class TreeBuilder {
    private struct Node {
        var members: [String: JSONValue]
        var children: [JSONValue] = []
        /// Pieces of text that follow each other, not yet a child.
        var text = ""
        /// Whether it stands in the tree; else its children go to the node above.
        let isShown: Bool
    }

    /// A few bytes of a table can stand for millions of cells.
    private static let most = 20_000

    private let deepest: Int
    private var count = 0
    private var open: [Node] = [Node(members: [:], isShown: true)]

    init(deepest: Int) { self.deepest = deepest }

    static func of(_ pointer: UnsafeMutableRawPointer?) -> TreeBuilder {
        guard let pointer else { preconditionFailure("md4c hands on what it was given") }
        return Unmanaged<TreeBuilder>.fromOpaque(pointer).takeUnretainedValue()
    }

    func finish() -> [JSONValue] {
        while open.count > 1 { close() }
        endText()
        return open[0].children
    }

    // MARK: Blocks

    func enter(block kind: MD_BLOCKTYPE, _ detail: UnsafeMutableRawPointer?) -> CInt {
        switch kind {
        case MD_BLOCK_QUOTE: begin("quote")
        case MD_BLOCK_UL: begin("list", ["ordered": false])
        case MD_BLOCK_OL:
            let start = detail?.assumingMemoryBound(to: MD_BLOCK_OL_DETAIL.self).pointee.start ?? 1
            begin("list", ["ordered": true, "start": .integer(Int64(start))])
        case MD_BLOCK_LI: begin("item")
        case MD_BLOCK_HR: begin("rule")
        case MD_BLOCK_H:
            let level = detail?.assumingMemoryBound(to: MD_BLOCK_H_DETAIL.self).pointee.level ?? 1
            begin("heading", ["level": .integer(Int64(level))])
        case MD_BLOCK_CODE:
            let language = detail?.assumingMemoryBound(to: MD_BLOCK_CODE_DETAIL.self).pointee.lang
            begin("code-block", ["language": .string(language.map(Self.text) ?? "")])
        case MD_BLOCK_P: begin("paragraph")
        case MD_BLOCK_TABLE: begin("table")
        case MD_BLOCK_THEAD: begin("head")
        case MD_BLOCK_TBODY: begin("body")
        case MD_BLOCK_TR: begin("row")
        case MD_BLOCK_TH, MD_BLOCK_TD: begin("cell")
        default: begin(nil)
        }
        return count > Self.most ? 1 : 0
    }

    func leave(block kind: MD_BLOCKTYPE) -> CInt {
        close()
        return 0
    }

    // MARK: Spans

    func enter(span kind: MD_SPANTYPE, _ detail: UnsafeMutableRawPointer?) -> CInt {
        switch kind {
        case MD_SPAN_EM: begin("emphasis")
        case MD_SPAN_STRONG: begin("strong")
        case MD_SPAN_DEL: begin("deleted")
        case MD_SPAN_CODE: begin("code")
        case MD_SPAN_A: begin(link: detail?.assumingMemoryBound(to: MD_SPAN_A_DETAIL.self).pointee.href)
        // What a picture would load tells its owner who reads: a link does so only when somebody follows it.
        case MD_SPAN_IMG: begin(link: detail?.assumingMemoryBound(to: MD_SPAN_IMG_DETAIL.self).pointee.src)
        default: begin(nil)
        }
        return count > Self.most ? 1 : 0
    }

    func leave(span kind: MD_SPANTYPE) -> CInt {
        close()
        return 0
    }

    /// A link that leads to another place than the web or a mailbox is none.
    private func begin(link attribute: MD_ATTRIBUTE?) {
        let address = attribute.map(Self.text) ?? ""
        let isSafe = ["https://", "http://", "mailto:"].contains { address.lowercased().hasPrefix($0) }
        begin(isSafe ? "link" : nil, ["address": .string(address)])
    }

    func add(_ kind: MD_TEXTTYPE, _ bytes: UnsafeBufferPointer<CChar>) -> CInt {
        let text = String(decoding: UnsafeRawBufferPointer(bytes), as: UTF8.self)
        switch kind {
        case MD_TEXT_NULLCHAR: append(text: "\u{FFFD}")
        case MD_TEXT_BR: append(["kind": "break"])
        case MD_TEXT_SOFTBR: append(text: "\n")
        case MD_TEXT_ENTITY: append(text: Self.entities[text] ?? Self.number(text) ?? text)
        default: append(text: text)
        }
        return 0
    }

    /// The names that models write; another one stays as it is.
    private static let entities = [
        "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": "\"", "&apos;": "'", "&nbsp;": "\u{A0}", "&copy;": "©",
        "&mdash;": "—", "&ndash;": "–", "&hellip;": "…", "&times;": "×", "&rarr;": "→", "&larr;": "←",
    ]

    /// `&#233;` and `&#xE9;`.
    private static func number(_ text: String) -> String? {
        guard text.hasPrefix("&#"), text.hasSuffix(";") else { return nil }
        let digits = text.dropFirst(2).dropLast()
        let number = digits.first == "x" || digits.first == "X" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return number.flatMap(Unicode.Scalar.init).map { $0.value == 0 ? "\u{FFFD}" : String($0) }
    }

    // MARK: The tree

    private func begin(_ kind: String?, _ members: [String: JSONValue] = [:]) {
        count += 1
        let isShown = kind != nil && open.count < deepest
        var members = members
        members["kind"] = kind.map { .string($0) }
        open.append(Node(members: members, isShown: isShown))
    }

    private func close() {
        endText()
        guard open.count > 1, let node = open.popLast() else { return }
        guard node.isShown else {
            endText()
            return open[open.count - 1].children += node.children
        }
        var members = node.members
        members["children"] = .array(node.children)
        append(.object(members))
    }

    private func append(_ node: JSONValue) {
        endText()
        open[open.count - 1].children.append(node)
    }

    private func append(text: String) { open[open.count - 1].text += text }

    private func endText() {
        let last = open.count - 1
        guard !open[last].text.isEmpty else { return }
        open[last].children.append(["kind": "text", "text": .string(open[last].text)])
        open[last].text = ""
    }

    private static func text(_ attribute: MD_ATTRIBUTE) -> String {
        String(
            decoding: UnsafeRawBufferPointer(start: attribute.text, count: Int(attribute.size)), as: UTF8.self)
    }
}
