package import FleetBase
package import FleetConfig
package import FleetHosts
import FleetPackage

/// That somebody whom the project trusts has signed a package, and what a host checks it with.
///
/// The master decides who may sign now; a host gets their keys alone, all under one name.
package struct SignatureProof: Sendable {
    /// For hosts that take any package.
    package static let none = SignatureProof(signers: "", signature: "", control: "")

    /// Lines of an allowed_signers file.
    let signers: String
    /// The text of the signature file, without the line break at its end.
    let signature: String
    /// The digests of the files beside the payload, which tie it to the manifest that was signed.
    let control: String

    /// What `Scripts/install.sh` gets last.
    var installWords: [ShellWord] { [ShellWord(signers), ShellWord(control)] }
    /// What `Scripts/activate.sh` gets last.
    var activateWords: [ShellWord] { signers.isEmpty ? [] : [signers, signature, control].map { ShellWord($0) } }
}

extension SignatureProof {
    init(for package: BuiltPackage, in project: Project) throws(Failure) {
        try self.init(for: package.manifest, package.signature, in: project)
    }

    /// Reads `inventory/allowed_signers`.
    init(for manifest: Manifest, _ signature: ManifestSignature?, in project: Project) throws(Failure) {
        let subject = "\(manifest.name) \(manifest.version)"
        let file = project.shown(project.allowedSignersFile)
        let allowed = try Self.allowedSigners(of: project)
        guard let signature else {
            throw Failure(
                .push, Message("\(subject) is not signed, and the host takes signed packages only"),
                hint: Message("fleet package \(manifest.name) --sign KEY, or set signing_key: in hosts.yaml"))
        }
        guard signature.isValid(for: manifest) else {
            throw Failure(
                .push, Message("the signature of \(subject) is for something else"), hint: Message("sign it again"))
        }
        try Self.check(signature.publicKey, in: allowed, file, subject)
        self.init(
            signers: Self.lines(of: allowed), signature: String(signature.text.dropLast()),
            control: manifest.controlSums)
    }

    /// Reads `inventory/allowed_signers`, which must be there.
    static func allowedSigners(of project: Project) throws(Failure) -> AllowedSigners {
        let file = project.shown(project.allowedSignersFile)
        let allowed: AllowedSigners?
        do {
            allowed = try project.allowedSigners()
        } catch {
            throw Failure(.push, error.message, hint: error.hint)
        }
        guard let allowed else {
            throw Failure(
                .push, Message("the host takes signed packages only, but there is no \(file) that says whose"),
                hint: Message("write into it what fleet keys show prints"))
        }
        return allowed
    }

    /// What a host gets of them: a line even when nobody may sign now, since no line would mean that any release will do.
    static func lines(of allowed: AllowedSigners) -> String {
        let keys = allowed.keys(for: ManifestSignature.namespace).compactMap(SigningPublicKey.init)
        return keys.isEmpty ? "# nobody" : keys.map { "fleet \($0.fields)" }.joined(separator: "\n")
    }

    private static func check(
        _ key: SigningPublicKey, in allowed: AllowedSigners, _ file: String, _ subject: String
    ) throws(Failure) {
        switch allowed.answer(for: key.blob, namespace: ManifestSignature.namespace) {
        case .signer: return
        case .stranger:
            throw Failure(
                .push, Message("\(subject) is signed by a stranger: \(key)"),
                hint: Message("if you trust that key, add its line to \(file)"))
        case .otherNamespace(let signer):
            throw Failure(
                .push, Message("\(subject) is signed by \(signer.principals), who may not sign packages"),
                hint: Message("namespaces= in \(file) does not name \(ManifestSignature.namespace)"))
        case .otherTime(let signer):
            throw Failure(
                .push, Message("\(subject) is signed by \(signer.principals), whose key does not count today"),
                hint: Message("see valid-after= and valid-before= in \(file)"))
        }
    }
}

extension Manifest {
    /// The digests of the manifest, the sums and the layout, as `sha256sum -c` reads them.
    fileprivate var controlSums: String {
        let files = [
            (digest, Self.fileName), (FileDigest.of(Array(sums.utf8)), Self.sumsName),
            (FileDigest.of(Array(layout.utf8)), Self.layoutName),
        ]
        return files.map { "\($0)  \($1)" }.joined(separator: "\n")
    }
}

extension Fleet {
    /// The proof for all hosts that ask for one, made once.
    package func proof(
        of package: BuiltPackage?, for hosts: [Host]
    ) async -> Result<SignatureProof, Failure> {
        guard let package, hosts.contains(where: \.requireSigned) else { return .success(.none) }
        return await ThreadExecutor.disk.run { [project] in
            Result { () throws(Failure) in try SignatureProof(for: package, in: project) }
        }
    }
}

extension Result where Success == SignatureProof, Failure == FleetBase.Failure {
    /// What this host asks for.
    package func proof(for host: Host) throws(FleetBase.Failure) -> SignatureProof {
        host.requireSigned ? try get() : .none
    }
}
