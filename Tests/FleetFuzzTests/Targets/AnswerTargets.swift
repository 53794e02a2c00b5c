import FleetBase
import FleetConfig
@testable import FleetHosts
@testable import FleetReleases
@testable import FleetRuns

/// What hosts print.
enum AnswerTargets {
    /// Everything that is done with a trailer afterwards is done here too: it is shown, compared and kept as JSON.
    static func trailer(_ bytes: [UInt8]) {
        let given = text(bytes)
        for trailer in [JobTrailer(given), JobTrailer(in: ["job " + given])].compactMap(\.self) {
            _ = trailer.signal
            guard let json = try? JSONText.encode(trailer.resources()) else { fatalError("no JSON of \(given)") }
            require(!json.isEmpty, "an empty JSON")
            _ = trailer.peakMemory?.description
        }
    }

    static func answers(_ bytes: [UInt8]) {
        let result = RemoteResult(
            output: bytes, error: bytes, isCut: false, ending: .status(0), bytesSent: 0, duration: .zero,
            greeting: Greeting(text: "", delay: nil), news: [])
        _ = result.reason
        guard let answer = try? HostAnswer(result) else { return }
        _ = (try? PackageStatus(answer), try? ImageStatus(answer), try? HostNeeds(answer), try? RemoteJob.list(result))
        _ = (try? HostState(answer), try? MethodStart.all(in: answer))
        guard let facts = try? Facts(answer) else { return }
        _ = (facts.methods, facts.load, facts.architecture, facts.number("cores"), facts.number("memory"))
        // The state of a host is written to a file.
        require((try? JSONText.encode(facts.json)) != nil, "facts are no JSON")
    }

    /// The two streams of a command, cut in two at any place.
    static func streams(_ bytes: [UInt8]) {
        let nonce = Nonce(text: "0123456789abcdef0123456789abcdef")
        let cut = bytes.isEmpty ? 0 : Int(bytes[0]) % bytes.count
        let whole = collect([bytes[...]], nonce)
        let inParts = collect([bytes[..<cut], bytes[cut...]], nonce)
        require(whole.output == inParts.output && whole.trailer == inParts.trailer, "a cut changes what was said")
        require(whole.output.count <= bytes.count, "more came out than went in")
    }

    private static func collect(_ parts: [ArraySlice<UInt8>], _ nonce: Nonce) -> OutputCollector.Result {
        let collector = OutputCollector(nonce: nonce)
        for part in parts {
            for stream in [FleetBase.CommandLine.Stream.output, .error] {
                part.withUnsafeBytes { _ = collector.take(stream, $0) }
            }
        }
        return collector.finish()
    }
}
