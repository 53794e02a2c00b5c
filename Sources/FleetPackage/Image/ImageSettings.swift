import FleetBase

/// What a package says of its image beside the layers.
package struct ImageSettings: Sendable, Hashable {
    package let repository: String
    package let tag: String
    /// As uname(1) says it.
    package let architecture: String
    package var entrypoint: [String] = []
    package var command: [String] = []
    /// `NAME=VALUE`.
    package var environment: [String] = []
    package var workingDirectory: String
    package var labels: [String: String] = [:]

    /// - Parameters:
    ///   - name: the package's; an engine takes small letters only.
    ///   - architecture: as uname(1) says it.
    package init(name: String, version: String, architecture: String) {
        repository = Self.repository(name)
        tag = Self.tag(version)
        self.architecture = architecture
        workingDirectory = Self.payloadFolder
    }

    /// Where the package lies in its image.
    package static let payloadFolder = "/opt/fleet"
    /// The label by which fleet knows its own images.
    package static let packageLabel = "fleet.package"
    package static let digestLabel = "fleet.digest"

    package static func repository(_ name: String) -> String { name.lowercased() }

    package static func tag(_ version: String) -> String {
        String(version.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "-" }.prefix(128))
    }

    private static let goNames = ["x86_64": "amd64", "aarch64": "arm64", "i686": "386", "armv7l": "arm"]

    /// As uname(1) says what the Go language calls so.
    package static func machine(_ architecture: String) -> String {
        goNames.first { $1 == architecture }?.key ?? architecture
    }

    /// Images name architectures as the Go language does.
    package static func goArchitecture(_ machine: String) -> String {
        goNames[machine] ?? machine
    }

    /// The OCI image configuration: the base's, with what the package says instead or in addition.
    func configuration(of base: ImageBase, layers: [ImageLayer]) -> JSONValue {
        var inner = base.configuration["config"]?.members ?? [:]
        inner["Entrypoint"] = entrypoint.isEmpty ? nil : .array(entrypoint.map(JSONValue.string))
        inner["Cmd"] = .array(command.map(JSONValue.string))
        inner["WorkingDir"] = .string(workingDirectory)
        inner["Env"] = .array(environment(over: inner["Env"]).map(JSONValue.string))
        inner["Labels"] = .object((inner["Labels"]?.members ?? [:]).merging(labels.mapValues(JSONValue.string)) { $1 })
        let history = JSONValue.object(["created": Self.time, "created_by": .string("fleet")])
        return .object([
            "architecture": base.configuration["architecture"] ?? .string(Self.goArchitecture(architecture)),
            "os": .string("linux"), "created": Self.time, "config": .object(inner),
            "rootfs": .object([
                "type": .string("layers"), "diff_ids": .array(layers.map { .string($0.tarDigest.blob) }),
            ]),
            "history": .array(Array(repeating: history, count: layers.count)),
        ])
    }

    private static let time = JSONValue.string("1970-01-01T00:00:00Z")

    private func environment(over base: JSONValue?) -> [String] {
        guard case .array(let values) = base else { return environment }
        let names = Set(environment.compactMap { $0.split(separator: "=").first })
        let kept = values.compactMap(\.string).filter { value in
            !(value.split(separator: "=").first.map(names.contains) ?? false)
        }
        return kept + environment
    }
}

extension JSONValue {
    var members: [String: JSONValue]? {
        guard case .object(let members) = self else { return nil }
        return members
    }
}
