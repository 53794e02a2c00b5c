extension FleetEvent {
    /// What was started, by whom.
    public struct OperationStart: Codable, Sendable, Hashable {
        /// Such as `push`.
        public let name: String
        /// As a person would type it; nil when no person did.
        public let command: String?
        /// The id of the process that performs it.
        public let process: Int32
    }

    /// How an operation ended.
    public struct OperationEnd: Codable, Sendable, Hashable {
        /// The ways to end.
        public enum State: String, Codable, Sendable, CaseIterable {
            /// It did what it should, though single hosts may have failed.
            case done
            /// It could not begin, or not go on.
            case failed
            /// Somebody cancelled it.
            case cancelled
        }

        /// How it ended.
        public let state: State
        /// How long it took, in milliseconds.
        public let milliseconds: Int64
    }

    /// A part of an operation that takes its time.
    public struct Step: Codable, Sendable, Hashable {
        /// The parts of operations.
        public enum Name: String, Codable, Sendable, CaseIterable {
            /// A package is packed, on this machine.
            case pack
            /// A package's build step runs or its image is built, on this machine.
            case build
            /// The host is asked what it is and has.
            case probe
            /// The host's releases are compared with the one that is to go there.
            case compare
            /// Bytes go to the host.
            case send
            /// What arrived is unpacked.
            case unpack
            /// What arrived is checked against its digests.
            case check
            /// The release is made current.
            case activate
            /// The image is loaded into the host's container engine.
            case image
            /// What the host lacks is installed by its package manager.
            case prepare
            /// A command of the user's runs.
            case command
            /// A Python environment is made on the host.
            case environment
            /// A job is started and followed.
            case job
            /// The results of a job come home.
            case collect
            /// The folder of a job is removed.
            case discard
        }

        /// Which part it is.
        public let name: Name
        /// What it is about: a package with its version, an image, a job.
        public let subject: String?
    }

    /// How a step ended.
    public struct StepEnd: Codable, Sendable, Hashable {
        /// The ways to end.
        public enum State: String, Codable, Sendable, CaseIterable {
            /// It was done.
            case done
            /// There was nothing to do.
            case unchanged
            /// It failed.
            case failed
        }

        /// The step that ended.
        public let step: Step
        /// How it ended.
        public let state: State
        /// How long it took, in milliseconds.
        public let milliseconds: Int64
        /// How many bytes went to the host, where that is what the step does.
        public let bytes: Int64?
    }

    /// How much of an input has gone to a host.
    public struct Transfer: Codable, Sendable, Hashable {
        /// How many bytes have gone.
        public let bytes: Int64
        /// How many there are; nil when nobody knows.
        public let of: Int64?
    }

    /// How far a run is.
    public struct Queue: Codable, Sendable, Hashable {
        /// Tasks that wait for one reason.
        public struct Waiting: Codable, Sendable, Hashable {
            /// Why they wait, in English.
            public let reason: String
            /// How many they are.
            public let count: Int
        }

        /// How many tasks the run has.
        public let total: Int
        /// How many of them are done.
        public let done: Int
        /// How many have failed and are not tried again.
        public let failed: Int
        /// How many run now.
        public let running: Int
        /// Why the others wait, what holds for the most first.
        public let waiting: [Waiting]
    }

    /// One try of a task on a host.
    public struct Attempt: Codable, Sendable, Hashable {
        /// From 1.
        public let number: Int
        /// How far it is.
        public let state: AttemptState
        /// How the work is run; nil before that is known.
        public let method: RunMethod?
        /// The worker's exit status; nil before its end, and where a signal ended it.
        public let exit: Int32?
        /// From the worker's start to its end, in milliseconds; nil before its end.
        public let milliseconds: Int64?
        /// Why it failed; nil when it did not.
        public let failure: HostFailure?
    }
}
