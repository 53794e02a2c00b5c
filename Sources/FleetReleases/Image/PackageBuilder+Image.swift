import FleetBase
import FleetConfig
import FleetHosts
import FleetPackage
import Glibc

extension PackageBuilder {
    var imagesFolder: String { project.workFolder + "/images" }

    /// The images of a package version. What stands on something that has to be read or built is made at once: only then
    /// is it known for which machines it is.
    func images(
        of file: PackageFile, _ manifest: Manifest, in folder: String, on bases: Bases, _ alarm: Alarm
    ) throws -> [PlannedImage] {
        try file.declaredImages.filter { !bases.omitted.contains($0.owner) }.map { declared in
            let settings = ImageSettings(of: file, declared, manifest)
            let digest = bases.digests[declared.owner]
            let make = { @Sendable (alarm: Alarm) throws in
                try image(declared, settings, of: file, manifest, in: folder, on: digest, alarm)
            }
            let ready = digest == nil ? nil : try make(alarm)
            return PlannedImage(
                engines: declared.engines.map(\.name), hasNetwork: declared.image.hasNetwork,
                architecture: ready?.architecture ?? settings.architecture,
                reference: "\(settings.repository):\(settings.tag)"
            ) { alarm in try ready ?? make(alarm) }
        }
    }

    /// Writes an image, unless it was written before.
    private func image(
        _ declared: DeclaredImage, _ settings: ImageSettings, of file: PackageFile, _ manifest: Manifest,
        in folder: String, on digest: Digest?, _ alarm: Alarm
    ) throws -> BuiltImage {
        let home = "\(imagesFolder)/\(file.name)"
        var (stem, digest) = ("\(home)/\(manifest.version)\(declared.owner.map { ".\($0)" } ?? "")", digest)
        if case .runtime(let runtime) = declared.image.base {
            let own = try self.digest(of: runtime, alarm)
            (stem, digest) = ("\(stem).\(own.short)", own)
        }
        let (archive, record) = (stem + ".tar", stem + ".json")
        if let image = Self.read(record, as: { ContainerImage($0) }),
            // The tar is longer than all that is in it, unless it is torn.
            ByteCount(ofFile: archive) >= image.content().size
        {
            return BuiltImage(image: image, archive: archive)
        }
        let reference = "\(settings.repository):\(settings.tag)"
        return try events.step(.build, reference) {
            try Disk.makeFolder(home + "/layers")
            let store = LayerStore(home + "/layers")
            let lower = try events.step(.build, "\(reference) \(declared.image.base.text)") {
                try self.base(
                    declared.image.base, of: file, in: folder, digest: digest, architecture: settings.architecture,
                    store, alarm)
            }
            let payload = try events.step(.build, "\(reference) \(ImageSettings.payloadFolder)") {
                try PayloadLayer(manifest, from: folder, isAlone: lower.layers.isEmpty).add(to: store)
            }
            let image = ContainerImage(settings, on: lower, payload: payload.layer, parts: payload.parts)
            try image.content().write(to: archive, compression: nil)
            try Disk.write(try JSONText.encode(image.json), to: record)
            return BuiltImage(image: image, archive: archive)
        }
    }

    static func read<Value>(_ path: String, as make: (JSONValue) -> Value?) -> Value? {
        guard let text = Disk.text(path) else { return nil }
        return (try? JSONText.decode(JSONValue.self, from: text.utf8)).flatMap(make)
    }
}

extension ImageSettings {
    fileprivate init(of file: PackageFile, _ declared: DeclaredImage, _ manifest: Manifest) {
        let name = file.name + (declared.owner.map { "/\($0)" } ?? "")
        self.init(name: name, version: manifest.version, architecture: declared.architecture)
        entrypoint = declared.image.entrypoint.map(\.text)
        command = declared.engines.first?.command.map(\.text) ?? []
        environment = declared.image.environment
        workingDirectory = declared.image.workingDirectory ?? Self.payloadFolder
        labels = [
            "org.opencontainers.image.title": file.name, "org.opencontainers.image.version": manifest.version,
            Self.packageLabel: file.name, Self.digestLabel: manifest.digest.hex,
        ]
    }
}
