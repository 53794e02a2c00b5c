package import FleetBase

/// A part of an operation that takes its time.
package struct Step: Sendable, Hashable, Codable {
    package enum Name: String, Sendable, Codable, CaseIterable {
        /// On the master: a package is packed, its own build step runs, an image is built.
        case pack, build
        /// The host is asked what it is and has.
        case probe
        /// The host's releases are compared with the one that is to go there.
        case compare
        /// Bytes go to the host; what arrived is unpacked, checked against its digests, and made current.
        case send, unpack, check, activate
        /// The image is loaded into the host's engine.
        case image
        /// What the host lacks is installed by its package manager.
        case prepare
        /// A command of the user's runs.
        case command
        /// A Python environment is made on the host.
        case environment
        /// A job is started and followed; its results come home; its folder is removed.
        case job, collect, discard
    }

    package let name: Name
    /// What it is about: a package with its version, an image, a job.
    @OrNull package var subject: String?

    package init(_ name: Name, _ subject: String? = nil) {
        self.name = name
        _subject = OrNull(wrappedValue: subject)
    }
}

package struct StepEnd: Sendable, Hashable, Codable {
    package enum State: String, Sendable, Codable {
        case done
        /// There was nothing to do.
        case unchanged
        case failed
    }

    package let step: Step
    package let state: State
    package let milliseconds: Int64
    /// How many bytes went to the host, where that is what the step does.
    @OrNull package var bytes: Int64?

    package init(_ step: Step, _ state: State, after duration: Duration, bytes: Int64? = nil) {
        (self.step, self.state, milliseconds) = (step, state, duration.milliseconds)
        _bytes = OrNull(wrappedValue: bytes)
    }
}
