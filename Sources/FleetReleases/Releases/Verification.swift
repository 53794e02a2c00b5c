package import FleetBase
package import FleetHosts

/// What `fleet verify` found.
package struct Verification: Sendable, Hashable {
    package enum Signature: String, Sendable {
        case good
        /// None of those who may sign now has made it, or not for this manifest.
        case wrong
        case missing
        /// The host has no program that can tell.
        case unchecked

        static let uncheckedNote = Message(
            "the host can't check signatures: it has neither ssh-keygen nor an openssl that can")
    }

    /// How many files each release has.
    package var checked: [RemoteRelease: Int] = [:]
    /// The most damaged files of a release that a host tells.
    static let mostDamaged = 5000
    /// The files that are not as they were installed.
    package var damaged: [RemoteRelease: [String]] = [:]
    /// The signature of each release, where the project says who may sign.
    package var signatures: [RemoteRelease: Signature] = [:]
    /// Those whose signature does not hold, or is missing on a host that takes signed packages only.
    package var untrusted: Set<RemoteRelease> = []
    package var repaired: Set<RemoteRelease> = []
    /// Why a damaged release was not repaired.
    package var problems: [RemoteRelease: Failure] = [:]
    package var bytesSent: Int64 = 0

    /// No release was there.
    package var isEmpty: Bool { checked.isEmpty && damaged.isEmpty }

    package init() {}
}

extension Verification {
    /// How many releases a host may have.
    private static let mostReleases = 2000
    /// How many files a release may have.
    private static let counts: ClosedRange<Int64> = 0...Int64(Int32.max)

    /// - Parameter names: of the packages in question; all when empty.
    init(_ answer: HostAnswer, of names: [String], requiresSignatures: Bool) throws(Failure) {
        self.init()
        for line in answer.lines where ["checked", "damaged", "signature"].contains(line.key) {
            let words = try line.words(3)
            let (release, rest) = (try line.release(words[0], words[1]), words[2])
            // A host is sent what was asked about, and nothing else.
            guard names.isEmpty || names.contains(release.name), checked.count < Self.mostReleases,
                damaged.count < Self.mostReleases
            else { throw line.senseless }
            switch line.key {
            case "checked": checked[release] = Int(try line.number(rest, in: Self.counts))
            case "damaged": damaged[release, default: []].append(rest)
            default:
                guard let signature = Signature(rawValue: rest) else { throw line.senseless }
                signatures[release] = signature
            }
        }
        let refused: Set<Signature> = requiresSignatures ? [.wrong, .missing] : [.wrong]
        untrusted = Set(signatures.filter { refused.contains($0.value) }.keys)
    }
}
