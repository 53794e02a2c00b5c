import FleetBase
import FleetKit
import Foundation
import Testing

/// Public enums have each word that the schemas in docs/schema allow, and no other.
@Suite struct PublicValueTests {
    private static let schemas = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("docs/schema")

    @Test(arguments: [
        ("push", "state", words(PushResult.State.self) + ["failed"]), ("push", "step", words(PushStep.Kind.self)),
        ("jobs", "fate", words(HostJob.Fate.self)), ("jobs", "state", words(HostJob.State.self)),
        ("runs", "state", words(RunState.self)), ("run-record", "state", words(AttemptState.self)),
        ("event", "kind", words(FleetEvent.Kind.self).filter { $0 != "gap" }),
        ("event", "name", words(FleetEvent.Step.Name.self)), ("event", "stream", words(OutputStream.self)),
        ("event", "class", words(HostFailure.Kind.self)), ("inventory-list", "transport", words(HostTransport.self)),
        ("check", "methods", words(RunMethod.self)), ("host-prepare", "present", words(Supply.self)),
        ("doctor", "check", words(ExaminedHost.Subject.self)), ("doctor", "state", words(ExaminedHost.State.self)),
        ("deep-check", "method", words(RunMethod.self)), ("verify", "signature", words(SignatureState.self)),
    ])
    func hasTheWordsOfTheSchema(schema: String, key: String, words: [String]) throws {
        let data = try Data(contentsOf: Self.schemas.appendingPathComponent(schema + ".json"))
        let found = Self.enums(of: key, in: try JSONSerialization.jsonObject(with: data))
        #expect(found.contains(Set(words)), "\(key) of \(schema): \(found)")
    }

    @Test func everyClassOfFailuresIsPublic() {
        #expect(HostFailure.Kind.allCases.map(\.rawValue) == FailureClass.allCases.map(\.rawValue))
    }

    private static func words<Word: CaseIterable & RawRepresentable>(_: Word.Type) -> [String]
    where Word.RawValue == String {
        Word.allCases.map(\.rawValue)
    }

    /// The words that a key may have, wherever a schema has the key; null aside.
    private static func enums(of key: String, in schema: Any) -> Set<Set<String>> {
        if let list = schema as? [Any] { return list.reduce(into: []) { $0.formUnion(enums(of: key, in: $1)) } }
        guard let object = schema as? [String: Any] else { return [] }
        var found = object.values.reduce(into: Set<Set<String>>()) { $0.formUnion(enums(of: key, in: $1)) }
        guard let properties = object["properties"] as? [String: Any], let value = properties[key] as? [String: Any]
        else { return found }
        // A list's words stand with its items, those of a value that may be null with one of two forms.
        let forms =
            [value, value["items"] as? [String: Any]].compactMap(\.self) + (value["oneOf"] as? [[String: Any]] ?? [])
        for words in forms.compactMap({ $0["enum"] as? [Any] }) {
            found.insert(Set(words.compactMap { $0 as? String }))
        }
        return found
    }
}
