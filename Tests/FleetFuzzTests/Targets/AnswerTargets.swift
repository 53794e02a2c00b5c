import FleetBase
import FleetConfig

@testable import FleetEngine

/// What hosts print.
enum AnswerTargets {
    /// Everything that is done with a trailer afterwards is done here too: it is shown, compared and kept as JSON.
    static func trailer(_ bytes: [UInt8]) {
        let nonce = Nonce()
        let given = text(bytes)
        for trailer in [JobTrailer(given), JobTrailer(in: JobTrailer.mark(nonce) + given, nonce: nonce)].compactMap(
            \.self)
        {
            _ = trailer.signal
            guard let json = try? JSONText.encode(trailer.resources()) else { fatalError("no JSON of \(given)") }
            require(!json.isEmpty, "an empty JSON")
            _ = trailer.peakMemory?.description
        }
    }

    static func answers(_ bytes: [UInt8]) {
        var pairs: [(key: String, value: String)] = []
        for line in text(bytes).split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { pairs.append((String(parts[0]), String(parts[1]))) }
        }
        let facts = Facts(pairs)
        _ = (facts.methods, facts.load, facts.architecture, facts.number("cores"), facts.number("memory"))
        // The state of a host is written to a file.
        let numbers = facts.values.values.compactMap { value -> Double? in
            guard case .number(let number) = value else { return nil }
            return number
        }
        guard numbers.allSatisfy(\.isFinite) else { return }
        require((try? JSONText.encode(facts.json)) != nil, "facts are no JSON")
    }
}
