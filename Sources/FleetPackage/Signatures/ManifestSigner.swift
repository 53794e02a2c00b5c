/// Somebody who signs manifests: a key file or an agent, opened elsewhere.
package struct ManifestSigner: Sendable {
    package let publicKey: SigningPublicKey
    /// Gives the 64 bytes of an Ed25519 signature; it blocks, since an agent may ask its owner.
    let sign: @Sendable ([UInt8]) throws -> [UInt8]

    package init(publicKey: SigningPublicKey, sign: @escaping @Sendable ([UInt8]) throws -> [UInt8]) {
        self.publicKey = publicKey
        self.sign = sign
    }
}
