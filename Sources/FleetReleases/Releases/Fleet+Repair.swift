import FleetBase
import FleetConfig
import FleetHosts
import FleetPackage

extension Fleet {
    /// Sends a damaged release anew, and tells what came of it.
    func repair(
        _ release: RemoteRelease, on host: Host, _ shell: RemoteShell, _ found: inout Verification
    ) async {
        do throws(Failure) {
            let isSigned = host.requireSigned || found.untrusted.contains(release)
            found.bytesSent += try await repair(release, isSigned: isSigned, on: host, shell)
            found.repaired.insert(release)
        } catch {
            found.problems[release] = error
        }
    }

    /// - Parameter isSigned: whether somebody who may must have signed what is sent.
    /// - Returns: how many bytes were sent.
    private func repair(
        _ release: RemoteRelease, isSigned: Bool, on host: Host, _ shell: RemoteShell
    ) async throws(Failure) -> Int64 {
        let path = "\(project.workFolder)/packages/\(release.name)/\(release.version)"
        let forms = PackageArchive.forms.filter { Disk.exists("\(path).\(PackageArchive.fileExtension($0))") }
        // A host may name thousands of releases: those that are not here cost no question.
        let tools = forms.isEmpty ? [] : try await shell.status(of: release.name, on: host).tools
        guard let compression = forms.first(where: { $0.map { tools.contains($0.tool) } != false }) else {
            let version = release.version
            throw Failure(
                .verify, Message("this machine has no archive of \(version)"),
                hint: Message("repair it from where it was pushed, or push another version"))
        }
        let stream = PushStream(
            id: "\(release.name)@\(release.version)", version: release.version, base: nil, path: path
        ) { preconditionFailure("its archive is there") }
        var outcome = PushOutcome(from: nil, to: release.version, nil)
        let archive = "\(path).\(PackageArchive.fileExtension(compression))"
        let proof = isSigned ? try await proof(in: archive) : .none
        let doubt = try await HostInstall(name: release.name, host: host, shell: shell, proof: proof).perform(
            archive, of: stream, compression, mode: .repair, &outcome)
        if let doubt { throw doubt }
        return outcome.bytesSent
    }

    /// The proof for what an archive holds.
    private func proof(in archive: String) async throws(Failure) -> SignatureProof {
        let project = project
        let found = await ThreadExecutor.disk.run { () -> Result<SignatureProof, any Error> in
            Result {
                let scratch = try ScratchFolder(in: project.workFolder)
                let path = scratch.path
                try PackageArchive.extractManifest(of: archive, into: path, withSignature: true)
                let manifest = try Manifest(file: "\(path)/\(Manifest.fileName)")
                let text = Disk.text("\(path)/\(Manifest.signatureName)")
                return try SignatureProof(for: manifest, text.map(ManifestSignature.init(parsing:)), in: project)
            }
        }
        do {
            return try found.get()
        } catch {
            throw error as? Failure ?? Failure(onMaster: error)
        }
    }
}
