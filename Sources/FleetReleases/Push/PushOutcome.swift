package import FleetBase

/// What a push did on one host.
package struct PushOutcome: Sendable, Hashable {
    package enum State: String, Sendable {
        /// The release was sent.
        case pushed
        /// It was there already and only had to be made current.
        case activated
        /// It was there and current: nothing was sent.
        case unchanged
        /// What a dry run found that would be sent.
        case planned
    }

    package let from: String?
    package let to: String
    package private(set) var state: State
    /// What the host needs, or needed.
    package private(set) var steps: [PushStep]
    /// The release whose difference was sent; nil when the whole was.
    package var base: String?
    /// What went to the host's standard input; of a dry run what would go there.
    package var bytesSent: Int64 = 0
    /// The whole time for the host, from the connection on.
    package var duration = Duration.zero
    /// What a person should know though nothing failed.
    package var notes: [Message] = []
    /// What only those want to know who ask for more.
    package private(set) var details: [Message] = []
    /// What became of the package's image; nil for a package without one.
    package private(set) var image: ImageOutcome?

    /// The id of the image that the host's engine has now; nil for none.
    package var imageID: String? {
        switch image?.state {
        case .loaded, .unchanged: image?.id
        case .planned: if case .name = image?.step { image?.id } else { nil }
        default: nil
        }
    }

    /// - Parameters:
    ///   - step: of the release; nil when the host has it and nothing is to be done.
    ///   - isPlanned: the step is not carried out.
    init(from: String?, to: String, _ step: ReleaseStep?, isPlanned: Bool = false) {
        (self.from, self.to) = (from, to)
        steps = step.map { [.release($0)] } ?? []
        switch step {
        case .send(let release):
            state = isPlanned ? .planned : .pushed
            base = release.base
            if isPlanned { bytesSent = release.bytes.bytes }
        // What is current already only has its signature checked, or is held no more.
        case .activate: state = from == to ? .unchanged : isPlanned ? .planned : .activated
        case nil: state = .unchanged
        }
    }

    /// Counts in what became of the image.
    mutating func take(_ image: ImageOutcome) {
        self.image = image
        if let step = image.step { steps.append(.image(step)) }
        bytesSent += image.bytesSent
        notes += image.notes
        // `inventory check` tells of an engine that is of no use.
        details += image.problems.map(\.message)
        switch (state, image.state) {
        case (.unchanged, .loaded): state = .pushed
        case (.unchanged, .planned): state = .planned
        default: break
        }
    }
}
