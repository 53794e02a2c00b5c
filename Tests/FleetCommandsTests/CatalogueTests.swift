import Foundation
import Testing

@testable import FleetArguments
@testable import FleetBase
@testable import FleetCommands

/// Every sentence of the sources has its pair in the catalogue, and the catalogue holds no others.
@Suite struct CatalogueTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private let found: [MessageLiteral]
    private let parts = FleetProgram.words()
    private var entries: [Catalogue.Entry] { parts.flatMap(\.entries) }

    init() throws { found = try MessageLiteral.all(below: Self.root.appendingPathComponent("Sources")) }

    @Test func findsTheSentencesOfTheSources() {
        #expect(found.count > 100)
    }

    @Test func everySentenceHasItsPair() {
        let known = Set(entries.map(\.english))
        let missing = found.filter { !known.contains($0.template) }.map { "\($0.file): \($0.template)" }
        #expect(missing.isEmpty, "\(missing.joined(separator: "\n"))")
    }

    /// A target has its sentences with itself or below, so that whoever takes it without the commands has them, too.
    @Test func everyPairLiesWithWhoSaysItOrBelow() throws {
        let homes = Dictionary(parts.flatMap { part in part.entries.map { ($0.english, part.target) } }) { first, _ in
            first
        }
        let arrows = try Arrows(rules: Self.root.appendingPathComponent("scripts/imports.awk"))
        let far = found.compactMap { literal -> String? in
            guard let home = homes[literal.template], home != literal.target,
                !arrows.below(literal.target).contains(home)
            else { return nil }
            return "\(literal.target) says what \(home) has: \(literal.template)"
        }
        #expect(far.isEmpty, "\(far.joined(separator: "\n"))")
    }

    @Test func everyPairIsUsed() {
        let used = Set(found.map(\.template))
        let unused = entries.map(\.english).filter { !used.contains($0) }
        #expect(unused.isEmpty, "\(unused.joined(separator: "\n"))")
    }

    @Test func bothSidesHoldTheSameValues() {
        let unlike = entries.filter { Self.values(in: $0.english) != Self.values(in: $0.spanish) }.map(\.english)
        #expect(unlike.isEmpty, "\(unlike.joined(separator: "\n"))")
    }

    @Test func noSentenceIsThereTwice() {
        let twice = Dictionary(grouping: entries, by: \.english).filter { $0.value.count > 1 }.keys.sorted()
        #expect(twice.isEmpty, "\(twice.joined(separator: "\n"))")
    }

    @Test func spanishContractsWhatItContracts() {
        let wrong = entries.map(\.spanish).filter { $0.contains(/\b(dla|dlas|dlos|ala|de el|a el)\b/) }
        #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
    }

    /// PATH is the variable's own name.
    @Test func spanishNamesNoValueInEnglish() {
        let english = Set(ValueName.spanish.keys).subtracting(["PATH"])
        let wrong = entries.map(\.spanish).filter { text in
            text.split { !$0.isLetter && $0 != "_" }.contains { english.contains(String($0)) }
        }
        #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
    }

    @Test(arguments: [
        (#"Message("a \(b) c")"#, "a %@ c"), (#"Message("a \(f(g(1), "x)") ?? "y") c \(d)")"#, "a %@ c %@"),
        (#"Message("say \"\(x)\"\n")"#, "say \"%@\"\n"), (#"Message( "a")"#, "a"), (#"Message("\("in \(x)")")"#, "%@"),
    ])
    func readsLiterals(source: String, template: String) {
        #expect(MessageLiteral.templates(in: source) == [template])
    }

    @Test func passesOverCommentsAndVariables() {
        #expect(
            MessageLiteral.templates(in: "/// Message(\"a\")\n  // Message(\"b\")\nMessage(text)\nErrorMessage(\"c\")")
                .isEmpty)
    }

    @Test func readsALiteralOnItsOwnLine() {
        #expect(MessageLiteral.templates(in: "hint: Message(\n    \"a\"\n)") == ["a"])
    }

    /// The positions of the values that a template shows: `%@` in order, `%N$@` by number.
    private static func values(in template: String) -> [Int] {
        var positions: [Int] = []
        for match in template.matches(of: /%(?:(\d+)\$)?@/) {
            positions.append(match.1.flatMap { Int($0) } ?? positions.count + 1)
        }
        return positions.sorted()
    }
}

/// A `Message("…")` of the sources, as the template that it makes.
struct MessageLiteral {
    let file: String
    let target: String
    let template: String

    static func all(below folder: URL) throws -> [MessageLiteral] {
        let names = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? []
        let files = names.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
        return try files.flatMap { file in
            let target = file.pathComponents[folder.pathComponents.count]
            return templates(in: try String(contentsOf: file, encoding: .utf8)).map {
                MessageLiteral(file: file.lastPathComponent, target: target, template: $0)
            }
        }
    }

    static func templates(in source: String) -> [String] {
        var scanner = LiteralScanner(source)
        var result: [String] = []
        while scanner.skip(past: Array("Message(".utf8)) {
            guard !scanner.isInWordOrComment(back: "Message(".utf8.count) else { continue }
            scanner.skipSpace()
            if scanner.take(UInt8(ascii: "\"")) { result.append(scanner.template()) }
        }
        return result
    }
}

/// Which targets a target stands on, by the rules that `scripts/check` proves.
private struct Arrows {
    private var targets: [String: Set<String>] = [:]

    init(rules: URL) throws {
        let text = try String(contentsOf: rules, encoding: .utf8)
        for rule in text.matches(of: /allow\("(\w+)", "([^"]*)"\)/) {
            targets[String(rule.1)] = Set(rule.2.split(separator: " ").map(String.init))
        }
    }

    func below(_ target: String) -> Set<String> {
        let direct = targets[target] ?? []
        return direct.reduce(direct) { $0.union(below($1)) }
    }
}

/// Reads string literals of Swift as far as this project writes them: one line, escapes, nested interpolations.
private struct LiteralScanner {
    private let bytes: [UInt8]
    private var position = 0

    init(_ source: String) { bytes = Array(source.utf8) }

    mutating func skip(past words: [UInt8]) -> Bool {
        guard let range = bytes[position...].firstRange(of: words) else { return false }
        position = range.upperBound
        return true
    }

    /// Whether what was just skipped is the end of a longer word, or stands in a line that is a comment.
    func isInWordOrComment(back count: Int) -> Bool {
        let start = position - count
        let lineStart = bytes[..<start].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let before = String(decoding: bytes[lineStart..<start], as: UTF8.self)
        return before.drop { $0 == " " }.hasPrefix("//") || before.last.map { $0.isLetter || $0 == "_" } ?? false
    }

    mutating func skipSpace() {
        while position < bytes.count, [UInt8(ascii: " "), UInt8(ascii: "\n")].contains(bytes[position]) {
            position += 1
        }
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    /// The rest of a literal after its opening quote, each interpolation as `%@`.
    mutating func template() -> String {
        var result: [UInt8] = []
        while position < bytes.count, !take(UInt8(ascii: "\"")) {
            guard take(UInt8(ascii: "\\")) else {
                result.append(bytes[position])
                position += 1
                continue
            }
            if take(UInt8(ascii: "(")) {
                skipInterpolation()
                result += Array("%@".utf8)
            } else {
                result.append(bytes[position] == UInt8(ascii: "n") ? UInt8(ascii: "\n") : bytes[position])
                position += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private mutating func skipInterpolation() {
        var depth = 1
        while position < bytes.count, depth > 0 {
            if take(UInt8(ascii: "(")) {
                depth += 1
            } else if take(UInt8(ascii: ")")) {
                depth -= 1
            } else if take(UInt8(ascii: "\"")) {
                _ = template()
            } else {
                position += 1
            }
        }
    }
}
