import Foundation

/// A key pair of a test's own, made by ssh-keygen.
package struct SSHKeyPair: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case ed25519, ecdsa256, ecdsa384, ecdsa521, rsa2048, rsa3072

        var words: [String] {
            let digits = rawValue.filter(\.isNumber)
            return self == .ed25519 ? ["-t", "ed25519"] : ["-t", rawValue.filter(\.isLetter), "-b", digits]
        }
    }

    /// How the private key is written: `ssh-keygen -m`.
    package enum Format: String, Sendable, CaseIterable {
        case openSSH = "RFC4716", pkcs8 = "PKCS8", traditional = "PEM"
    }

    package let path: String
    package let kind: Kind

    package init(
        _ kind: Kind, in folder: TemporaryFolder, name: String = "id", format: Format = .openSSH,
        passphrase: String = ""
    ) throws {
        path = folder.path + "/" + name
        self.kind = kind
        // Few rounds: a test waits for the key derivation.
        let words = ["ssh-keygen", "-q", "-N", passphrase, "-C", "test-\(name)", "-a", "1", "-f", path]
        try Program.run(words + kind.words + (format == .openSSH ? [] : ["-m", format.rawValue]))
    }

    /// The line of the public key file.
    package var publicLine: String {
        get throws { try String(contentsOfFile: path + ".pub", encoding: .utf8) }
    }

    /// The key's algorithm and its base 64, as known_hosts has them.
    package var publicFields: String {
        get throws { try publicLine.split(separator: " ").prefix(2).joined(separator: " ") }
    }

    package var publicBlob: [UInt8] {
        get throws { Array(Data(base64Encoded: String(try publicLine.split(separator: " ")[1])) ?? Data()) }
    }
}
