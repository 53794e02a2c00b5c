import FleetBase
import Testing

@testable import FleetServe

@Suite struct MarkdownTests {
    /// The tree in one line: `paragraph(text "…")`.
    private func tree(_ text: String) -> String {
        guard case .array(let children) = Markdown(text).document["children"] else { return "" }
        return children.map(Self.shown).joined(separator: " ")
    }

    private static func shown(_ node: JSONValue) -> String {
        let kind = node["kind"]?.string ?? "?"
        if kind == "text" { return "\"\(node["text"]?.string ?? "")\"" }
        guard case .array(let children) = node["children"] else { return kind }
        let more = ["level", "start", "ordered", "language", "address"].compactMap { key in
            node[key].flatMap { try? JSONText.encode($0) }
        }
        return kind + more.map { "[\($0)]" }.joined() + "(" + children.map(shown).joined(separator: " ") + ")"
    }

    @Test(arguments: [
        (
            "a *b* **c** `d` ~~e~~",
            "paragraph(\"a \" emphasis(\"b\") \" \" strong(\"c\") \" \" code(\"d\") \" \" deleted(\"e\"))"
        ),
        ("## T\n\n1. x\n2. y", "heading[2](\"T\") list[1][true](item(\"x\") item(\"y\"))"),
        ("```sh\nls\npwd\n```", "code-block[\"sh\"](\"ls\\npwd\\n\")"),
        ("[a](https://example.org)", "paragraph(link[\"https://example.org\"](\"a\"))"),
        // A picture would be loaded, a script run, a page of HTML be shown: none of them is.
        ("![a](https://evil.example/x.png)", "paragraph(link[\"https://evil.example/x.png\"](\"a\"))"),
        ("[a](javascript:alert(1)) [b](data:text/html,x)", "paragraph(\"a\" \" \" \"b\")"),
        ("[a](JaVaScRiPt:alert(1))", "paragraph(\"a\")"),
        ("<script>alert(1)</script>", "paragraph(\"<script>alert(1)</script>\")"),
        ("x <img src=x onerror=y> &lt;b&gt; &#233; &#0;", "paragraph(\"x <img src=x onerror=y> <b> é \u{FFFD}\")"),
    ]) func becomesATree(text: String, expected: String) {
        #expect(tree(text).replacing("\n", with: "\\n") == expected)
    }

    /// Nothing that a model says costs more than its length.
    @Test(arguments: [
        String(repeating: "> ", count: 100_000), String(repeating: "- ", count: 50_000) + "x",
        String(repeating: "[", count: 50_000), String(repeating: "*a ", count: 50_000),
        String(repeating: "|", count: 2000) + "\n" + String(repeating: "|-", count: 1000) + "|\n"
            + String(repeating: "|\n", count: 2000),
        "```\n" + String(repeating: "line\n", count: 100_000), String(repeating: "![](", count: 30_000),
    ]) func bearsHostileTexts(text: String) throws {
        let document = Markdown(text).document
        #expect(depth(document) <= 45)
        #expect(try JSONText.encode(document).utf8.count < 8 << 20)
    }

    private func depth(_ node: JSONValue) -> Int {
        guard case .array(let children) = node["children"] else { return 1 }
        return 1 + (children.map(depth).max() ?? 0)
    }
}
