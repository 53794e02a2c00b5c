/// What a push did with one package on one host, or would do.
public struct PushResult: Codable, Sendable, Hashable {
    /// What became of the release.
    public enum State: String, Codable, Sendable, CaseIterable {
        /// It was sent.
        case pushed
        /// It was there already and only had to be made current.
        case activated
        /// It was there and current: nothing was sent.
        case unchanged
        /// Something would be done: it was a plan alone.
        case planned
    }

    /// The package's name.
    public let package: String
    /// The version that was current before; nil when there was none.
    public let from: String?
    /// The version that is current now, or would be.
    public let to: String
    /// What became of it.
    public let state: State
    /// What went over the channel, in bytes.
    public let bytesSent: Int64
    /// The release whose difference was sent; nil when the whole was.
    public let base: String?
    /// What a person should know though nothing failed, in English.
    public let notes: [String]
    /// The whole time for the host, from the connection on.
    public let seconds: Double?
    /// What became of the package's image; nil for a package without one.
    public let image: Image?
    /// What the host needs: a plan is these steps, and a push has carried them out.
    public let steps: [PushStep]

    private enum CodingKeys: String, CodingKey {
        case package, from, to, state, base, notes, seconds, image, steps
        case bytesSent = "bytes_sent"
    }
}

extension PushResult {
    /// What became of the image of a package.
    public struct Image: Codable, Sendable, Hashable {
        /// What became of it.
        public enum State: String, Codable, Sendable, CaseIterable {
            /// It was sent and loaded.
            case loaded
            /// It was there: nothing was sent.
            case unchanged
            /// It would be sent: it was a plan alone.
            case planned
            /// No engine of the host takes it.
            case none
        }

        /// The container engine that has it; nil for none.
        public let engine: RunMethod?
        /// What became of it.
        public let state: State
        /// What went over the channel, in bytes.
        public let bytesSent: Int64
        /// As docker and podman print it; nil where no engine has it.
        public let id: String?

        private enum CodingKeys: String, CodingKey {
            case engine, state, id
            case bytesSent = "bytes_sent"
        }
    }
}

/// One step of a push on one host.
public struct PushStep: Codable, Sendable, Hashable {
    /// The steps that there are.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// The release travels.
        case send
        /// A release that is there becomes the current one.
        case activate
        /// An image travels into an engine.
        case load
        /// An image that is there gets its names.
        case name
    }

    /// Which step it is.
    public let kind: Kind
    /// The size of what travels; nil where nothing does.
    public let bytes: Int64?
    /// The release that the host builds upon; nil where the whole travels, or nothing.
    public let base: String?
    /// Whether a push that was cut off goes on: less than ``bytes`` travels then.
    public let resumed: Bool
    /// The container engine of an image; nil for a release.
    public let engine: RunMethod?

    private enum CodingKeys: String, CodingKey {
        case bytes, base, resumed, engine
        case kind = "step"
    }
}
