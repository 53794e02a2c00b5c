package import FleetBase
import FleetHosts
import FleetReleases
package import FleetService

/// What `fleet push --json` prints: a row for each package and host.
package struct PushView: Codable, Sendable {
    package struct Row: Codable, Sendable {
        package let host: String
        package let package: String
        /// The version that was current before; null when there was none.
        @OrNull package var from: String?
        package let to: String
        package let bytesSent: Int64
        /// The release whose difference was sent; null when the whole was.
        @OrNull package var base: String?
        package let notes: [Message]
        @OrNull package var seconds: Double?
        /// `pushed`, `activated`, `unchanged`, `planned` or `failed`.
        package let state: String
        @OrNull package var failure: Failure?
        /// Null for a package without an image.
        @OrNull package var image: Image?
        /// What the host needs: a dry run did none of it. Empty where the host failed.
        package let steps: [Step]

        private enum CodingKeys: String, CodingKey {
            case host, package, from, to, base, notes, seconds, state, failure, image, steps
            case bytesSent = "bytes_sent"
        }
    }

    package struct Image: Codable, Sendable {
        @OrNull package var engine: String?
        /// `loaded`, `unchanged`, `planned` or `none`.
        package let state: String
        package let bytesSent: Int64
        /// As docker and podman print it.
        @OrNull package var id: String?

        private enum CodingKeys: String, CodingKey {
            case engine, state, id
            case bytesSent = "bytes_sent"
        }
    }

    package struct Step: Codable, Sendable {
        /// `send` or `activate` a release, `load` or `name` an image.
        package let step: String
        /// The size of what travels; null where nothing does.
        @OrNull package var bytes: Int64?
        /// The release that the host builds upon; null where the whole travels, or nothing.
        @OrNull package var base: String?
        /// Whether a push that was cut off goes on: less than `bytes` travels then.
        package let resumed: Bool
        /// The container engine of an image.
        @OrNull package var engine: String?
    }

    package let hosts: [Row]

    package init(_ pushed: [PushOperation.Pushed]) {
        hosts = pushed.flatMap { pushed in pushed.outcomes.map { Row($0, pushed.package) } }
    }
}

extension PushView.Row {
    fileprivate init(_ outcome: HostOutcome<PushOutcome>, _ package: BuiltPackage) {
        let value = outcome.value
        self.init(
            host: outcome.host.text, package: package.name, from: value?.from, to: package.version,
            bytesSent: value?.bytesSent ?? 0, base: value?.base, notes: value.map { $0.notes + $0.details } ?? [],
            seconds: value?.duration.seconds, state: value?.state.rawValue ?? "failed", failure: outcome.failure,
            image: value?.image.map { image in
                PushView.Image(
                    engine: image.engine?.rawValue, state: image.state.rawValue, bytesSent: image.bytesSent,
                    id: image.id)
            },
            steps: value?.steps.map { PushView.Step($0) } ?? [])
    }
}

extension PushView.Step {
    fileprivate init(_ step: PushStep) {
        switch step {
        case .release(.send(let release)):
            self.init(step: "send", bytes: release.bytes.bytes, base: release.base, resumed: release.isResumed)
        case .release(.activate): self.init(step: "activate", resumed: false)
        case .image(.load(let image)):
            self.init(step: "load", bytes: image.bytes.bytes, resumed: false, engine: image.engine.rawValue)
        case .image(.name(let image)): self.init(step: "name", resumed: false, engine: image.engine.rawValue)
        }
    }
}
