package import FleetBase

/// The people whose signature a project takes: `inventory/allowed_signers`, in the format of ssh-keygen(1), ALLOWED
/// SIGNERS.
///
/// What ssh-keygen knows and this does not is an error: a line that was passed over would say less than it seems to.
package struct AllowedSigners: Sendable, Hashable {
    package let lines: [AllowedSigner]

    /// - Parameter file: the path as errors name it.
    package init(parsing text: String, file: String) throws(ConfigError) {
        var lines: [AllowedSigner] = []
        var offset = 0
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let place = SourcePlace(file: file, mark: SourceMark(line: index + 1, column: 1, offset: offset))
            offset += line.utf8.count + 1
            var reader = AllowedSignerReader(line, at: place)
            if let signer = try reader.signer() { lines.append(signer) }
        }
        self.lines = lines
    }

    /// Whether a key may sign for a purpose now, and who that is.
    package enum Answer: Sendable, Hashable {
        case signer(AllowedSigner)
        case stranger
        /// Its owner is known, but not for this purpose.
        case otherNamespace(AllowedSigner)
        /// Not yet, or no more.
        case otherTime(AllowedSigner)
    }

    package func answer(for key: [UInt8], namespace: String, at time: Timestamp = .now) -> Answer {
        var answer = Answer.stranger
        for line in lines where line.key == key {
            guard line.isFor(namespace) else {
                answer = .otherNamespace(line)
                continue
            }
            guard line.isValid(at: time) else {
                answer = .otherTime(line)
                continue
            }
            return .signer(line)
        }
        return answer
    }

    /// The keys that may sign for a purpose now.
    package func keys(for namespace: String, at time: Timestamp = .now) -> [[UInt8]] {
        lines.filter { $0.isFor(namespace) && $0.isValid(at: time) }.map(\.key)
    }
}

/// One line of `allowed_signers`.
package struct AllowedSigner: Sendable, Hashable {
    /// Names, such as `ana@example.org`, with commas.
    package let principals: String
    /// The blob of an Ed25519 key.
    package let key: [UInt8]
    /// Patterns; nil for every purpose.
    let namespaces: String?
    let validAfter: Timestamp?
    let validBefore: Timestamp?

    /// A list of patterns, of which one must match and none that begins with `!`.
    func isFor(_ namespace: String) -> Bool {
        guard let namespaces else { return true }
        return Glob.matches(namespace, anyOf: namespaces.split(separator: ","))
    }

    func isValid(at time: Timestamp) -> Bool {
        let seconds = time.milliseconds / 1000
        if let validAfter, seconds < validAfter.milliseconds / 1000 { return false }
        if let validBefore, seconds > validBefore.milliseconds / 1000 { return false }
        return true
    }
}
