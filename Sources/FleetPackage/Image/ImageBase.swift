package import FleetBase

/// What the image of a package stands on: layers, and the configuration that they came with.
package struct ImageBase: Sendable, Hashable {
    package let layers: [ImageLayer]
    /// An OCI image configuration.
    package let configuration: JSONValue

    package static let scratch = ImageBase(layers: [], configuration: .object([:]))

    /// - Parameter environment: `NAME=VALUE`, beside what it has.
    package func adding(environment: [String]) -> ImageBase {
        guard !environment.isEmpty else { return self }
        let value = JSONValue.array(environment.map(JSONValue.string))
        return ImageBase(layers: layers, configuration: configuration.placing(value, at: ["config", "Env"]))
    }

    package var json: JSONValue {
        .object(["layers": .array(layers.map(\.json)), "configuration": configuration])
    }
}

extension ImageBase {
    /// - Returns: nil when it is not the record of a base whose layers are there.
    package init?(_ json: JSONValue) {
        guard case .array(let records) = json["layers"], let configuration = json["configuration"] else { return nil }
        let layers = records.compactMap { ImageLayer($0) }
        guard layers.count == records.count else { return nil }
        self.init(layers: layers, configuration: configuration)
    }
}
