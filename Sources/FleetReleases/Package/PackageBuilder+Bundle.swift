package import FleetBase
package import FleetConfig
import FleetHosts
import FleetPackage

/// An archive that brings a package to a host without a network: see `Scripts/bundle.sh`.
package struct Bundle: Sendable, Hashable {
    package let host: HostName
    package let path: String
    package let size: ByteCount
}

extension PackageBuilder {
    /// Writes `.fleet/bundles/HOST-NAME-VERSION.tar.gz`: the payload, an image where the package has one, and a script
    /// that installs them as a push would. gzip, since every host can read that.
    package func writeBundle(_ package: BuiltPackage, _ image: BuiltImage?, for host: Host) throws -> Bundle {
        let proof = host.requireSigned ? try SignatureProof(for: package, in: project) : .none
        let folder = "\(project.workFolder)/bundles"
        try Disk.makeFolder(folder)
        let payload = try package.wholeStream.archive(.gzip)
        let image = image?.archive
        let settings = [
            ("name", package.name), ("version", package.version), ("host", host.name.text),
            ("root", host.rootWord.text), ("payload_digest", try FileDigest.of(file: payload).hex),
            ("image_digest", try image.map { try FileDigest.of(file: $0).hex } ?? ""), ("signers", proof.signers),
            ("control", proof.control),
        ]
        let text = settings.map { "\($0)=\(ShellWord($1).rendered)\n" }.joined()
        let top = "\(package.name)-\(package.version)"
        let content = try ArchiveContent(
            texts: [
                ("\(top)/install.sh", Script.bundle), ("\(top)/install-release.sh", Script.install.text),
                ("\(top)/settings", text),
            ],
            files: [ArchivedFile(path: "\(top)/payload.tar.gz", file: payload)]
                + (image.map { [ArchivedFile(path: "\(top)/image.tar", file: $0)] } ?? []))
        let path = "\(folder)/\(host.name)-\(top).tar.gz"
        try content.write(to: path, compression: .gzip)
        return Bundle(host: host.name, path: path, size: ByteCount(ofFile: path))
    }
}
