import FleetConfig

/// What runs a package on a host.
public enum RunMethod: String, Codable, Sendable, CaseIterable {
    /// A container of the package's image.
    case docker
    /// A container of the package's image, without a daemon.
    case podman
    /// A Python environment with what the package requires.
    case venv
    /// The host's own Python.
    case python
    /// The command itself.
    case native

    var own: FleetConfig.Method {
        guard let method = FleetConfig.Method(rawValue: rawValue) else { preconditionFailure("every method is known") }
        return method
    }
}

/// How a host is reached.
public enum HostTransport: String, Codable, Sendable, CaseIterable {
    /// By SSH.
    case ssh
    /// It is this machine.
    case local
}

/// How far an attempt of a task is.
public enum AttemptState: String, Codable, Sendable, CaseIterable {
    /// It is written down, and nothing was sent yet.
    case planned
    /// The job lies on the host.
    case sent
    /// The job runs.
    case running
    /// It ended with status 0, and its results are home.
    case done
    /// It ended otherwise, or its results did not come home.
    case failed
    /// Somebody cancelled it.
    case cancelled
    /// The connection is gone: the job may still run, or have ended.
    case lost
}

/// How far a run is.
public enum RunState: String, Codable, Sendable, CaseIterable {
    /// It has not ended.
    case running
    /// Every task has its result.
    case done
    /// Some tasks have none.
    case failed
    /// Somebody cancelled it.
    case cancelled
}

/// Which of its two streams a command wrote to.
public enum OutputStream: String, Codable, Sendable, CaseIterable {
    /// Standard output.
    case output
    /// Standard error.
    case error
}
