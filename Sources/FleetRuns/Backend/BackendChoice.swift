import FleetBase
package import FleetHosts
package import FleetLedger

/// Which backend a run has, by name, with what the backend needs to find the run again.
package enum BackendChoice: Sendable, Hashable {
    /// fleet's own queue, over SSH.
    case queue
    case slurm(SlurmOptions)

    package var backend: any RunBackend {
        switch self {
        case .queue: QueueBackend()
        case .slurm(let options): SlurmBackend(options)
        }
    }

    /// - Throws: when only a newer fleet knows the run's backend.
    package init(of run: Run) throws(EngineError) {
        guard let text = run.engine else {
            self = .queue
            return
        }
        guard let choice = try? JSONText.decode(BackendChoice.self, from: text.utf8) else {
            throw EngineError(
                .resuming, Message("this fleet does not know who hands out the tasks of the run \(run.id.text)"),
                hint: Message("update fleet on this machine"))
        }
        self = choice
    }

    /// What the ledger keeps; nil for the queue.
    package var record: String? {
        guard self != .queue else { return nil }
        guard let text = try? JSONText.encode(self) else { preconditionFailure("options are plain JSON") }
        return text
    }
}

/// The options with the backend's name beside them. Runs of earlier fleets have no name: all of those are Slurm's.
extension BackendChoice: Codable {
    private enum Name: String, Codable { case queue, slurm }
    private enum Key: String, CodingKey { case backend }

    package init(from decoder: any Decoder) throws {
        switch try decoder.container(keyedBy: Key.self).decodeIfPresent(Name.self, forKey: .backend) ?? .slurm {
        case .queue: self = .queue
        case .slurm: self = .slurm(try SlurmOptions(from: decoder))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .queue: try container.encode(Name.queue, forKey: .backend)
        case .slurm(let options):
            try container.encode(Name.slurm, forKey: .backend)
            try options.encode(to: encoder)
        }
    }
}
