import FleetBase
package import FleetConfig

/// Whether a method of a host's really starts anything: see `Scripts/engine-start.sh` and `Scripts/method-trial.sh`.
package struct MethodStart: Sendable, Hashable {
    package let method: FleetConfig.Method
    /// Why it starts nothing; nil where it does.
    package let problem: String?

    private static let longest = 200

    /// - Throws: lost, for what the script would not say.
    static func all(in answer: HostAnswer) throws(Failure) -> [MethodStart] {
        var found: [MethodStart] = []
        for line in answer.lines where line.key == "starts" || line.key == "problem" {
            let words = line.value.split(separator: " ", maxSplits: 1)
            guard let method = words.first.flatMap({ FleetConfig.Method(rawValue: String($0)) }),
                !found.contains(where: { $0.method == method })
            else { throw line.senseless }
            let reason = HostText(String(words.dropFirst().first ?? "–")).line(atMost: longest)
            found.append(MethodStart(method: method, problem: line.key == "starts" ? nil : plain(reason)))
        }
        return found
    }

    private static func plain(_ reason: String) -> String {
        let label = "Error: "
        return reason.hasPrefix(label) ? String(reason.dropFirst(label.count)) : reason
    }
}
