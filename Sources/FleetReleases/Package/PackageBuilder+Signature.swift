import FleetBase
import FleetHosts
import FleetPackage
import Glibc

extension PackageBuilder {
    /// The signature beside the archive; made where there is a signer and it is not theirs yet.
    func signature(of manifest: Manifest) throws -> ManifestSignature? {
        let path = "\(project.workFolder)/packages/\(manifest.name)/\(manifest.version).sig"
        let text = Disk.text(path)
        if let signer {
            let known = text.flatMap { try? ManifestSignature(parsing: $0) }
            if let known, known.publicKey == signer.publicKey, known.isValid(for: manifest) { return known }
            let made = try ManifestSignature(of: manifest, by: signer)
            try Disk.write(made.text, to: path)
            return made
        }
        guard let text else { return nil }
        do {
            return try ManifestSignature(parsing: text)
        } catch {
            throw EngineError(
                .packing, Message("\(path): \(error.message)"),
                hint: Message("remove the file, or sign again with: fleet package \(manifest.name) --sign KEY"))
        }
    }

    /// Archives hold the signature, so those from before it are written anew.
    func removeArchivesOlderThanSignature(of manifest: Manifest) {
        let path = "\(project.workFolder)/packages/\(manifest.name)/\(manifest.version)"
        guard let signed = Self.changeTime(of: "\(path).sig") else { return }
        for form in PackageArchive.forms {
            let archive = "\(path).\(PackageArchive.fileExtension(form))"
            if let written = Self.changeTime(of: archive), written <= signed { unlink(archive) }
        }
    }

    private static func changeTime(of path: String) -> Duration? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return .seconds(status.st_mtim.tv_sec) + .nanoseconds(status.st_mtim.tv_nsec)
    }
}
