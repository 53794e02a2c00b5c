import CCrypto
import FleetBase

extension SigningKey {
    typealias Reader = @Sendable (inout WireReader) throws(WireReader.Truncated) -> SigningKey

    /// Readers of the private part of OpenSSH's key format, by key type.
    static let readers: [String: Reader] = [
        "ssh-ed25519": readEd25519,
        "ssh-rsa": readRSA,
        "ecdsa-sha2-nistp256": readECDSA,
        "ecdsa-sha2-nistp384": readECDSA,
        "ecdsa-sha2-nistp521": readECDSA,
    ]

    @Sendable private static func readEd25519(_ reader: inout WireReader) throws(WireReader.Truncated) -> SigningKey {
        let publicKey = try reader.bytes()
        let seedAndPublic = try reader.bytes()
        guard seedAndPublic.count == 64,
            let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seedAndPublic, 32)
        else { throw WireReader.Truncated() }
        return SigningKey(owning: key, algorithm: .ed25519, blob: blob("ssh-ed25519", publicKey))
    }

    @Sendable private static func readECDSA(_ reader: inout WireReader) throws(WireReader.Truncated) -> SigningKey {
        let curve = try reader.string()
        let point = try reader.bytes()
        let builder = KeyBuilder()
        switch curve {
        case "nistp256": builder.set("group", text: "P-256")
        case "nistp384": builder.set("group", text: "P-384")
        default: builder.set("group", text: "P-521")
        }
        builder.set("priv", BigNumber(try reader.bytes()))
        guard let key = builder.key("EC") else { throw WireReader.Truncated() }
        let blob = blob("ecdsa-sha2-" + curve, Array(curve.utf8), point)
        return SigningKey(owning: key, algorithm: .ecdsa(curve: curve), blob: blob)
    }

    @Sendable private static func readRSA(_ reader: inout WireReader) throws(WireReader.Truncated) -> SigningKey {
        let (modulus, exponent) = (try reader.bytes(), try reader.bytes())
        let (secret, coefficient) = (BigNumber(try reader.bytes()), BigNumber(try reader.bytes()))
        let (p, q) = (BigNumber(try reader.bytes()), BigNumber(try reader.bytes()))
        let builder = KeyBuilder()
        builder.set("n", BigNumber(modulus))
        builder.set("e", BigNumber(exponent))
        builder.set("d", secret)
        builder.set("rsa-factor1", p)
        builder.set("rsa-factor2", q)
        builder.set("rsa-exponent1", secret.reduced(moduloPredecessorOf: p))
        builder.set("rsa-exponent2", secret.reduced(moduloPredecessorOf: q))
        builder.set("rsa-coefficient1", coefficient)
        guard let key = builder.key("RSA") else { throw WireReader.Truncated() }
        return SigningKey(owning: key, algorithm: .rsa, blob: blob("rsa-sha2-256", exponent, modulus))
    }

    static func blob(_ algorithm: String, _ fields: [UInt8]...) -> [UInt8] {
        var writer = WireWriter()
        writer.append(string: algorithm)
        for field in fields { writer.append(string: field) }
        return writer.bytes
    }
}

extension SigningKey {
    /// Takes over a key that libcrypto read from PEM.
    ///
    /// - Returns: nil, the key freed, when it is of a kind that SSH does not sign with.
    convenience init?(adopting key: OpaquePointer) {
        guard let (algorithm, blob) = Self.describe(key) else {
            EVP_PKEY_free(key)
            return nil
        }
        self.init(owning: key, algorithm: algorithm, blob: blob)
    }

    private static func describe(_ key: OpaquePointer) -> (Algorithm, [UInt8])? {
        switch EVP_PKEY_get_base_id(key) {
        case EVP_PKEY_ED25519:
            var bytes = [UInt8](repeating: 0, count: 32)
            var count = 32
            guard EVP_PKEY_get_raw_public_key(key, &bytes, &count) == 1 else { return nil }
            return (.ed25519, blob("ssh-ed25519", bytes))
        case EVP_PKEY_RSA:
            guard let modulus = number("n", of: key), let exponent = number("e", of: key) else { return nil }
            return (.rsa, blob("rsa-sha2-256", exponent, modulus))
        case EVP_PKEY_EC:
            guard let curve = curve(of: key), let point = point(of: key) else { return nil }
            return (.ecdsa(curve: curve), blob("ecdsa-sha2-" + curve, Array(curve.utf8), point))
        default: return nil
        }
    }

    /// The name that SSH has for the curve (RFC 5656, 10.1); nil for one that SSH does not sign with.
    private static func curve(of key: OpaquePointer) -> String? {
        var name = [CChar](repeating: 0, count: 80)
        guard EVP_PKEY_get_group_name(key, &name, name.count, nil) == 1 else { return nil }
        let text = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return ["prime256v1": "nistp256", "secp384r1": "nistp384", "secp521r1": "nistp521"][text]
    }

    /// A number of the key as the content of an mpint.
    private static func number(_ name: String, of key: OpaquePointer) -> [UInt8]? {
        var number: OpaquePointer?
        guard EVP_PKEY_get_bn_param(key, name, &number) == 1 else { return nil }
        defer { BN_free(number) }
        var bytes = [UInt8](repeating: 0, count: Int(BN_num_bits(number) + 7) / 8)
        BN_bn2bin(number, &bytes)
        return (bytes.first ?? 0) >= 0x80 ? [0] + bytes : bytes
    }

    /// The public point, uncompressed (SEC 1, 2.3.3).
    private static func point(of key: OpaquePointer) -> [UInt8]? {
        EVP_PKEY_set_utf8_string_param(key, "point-format", "uncompressed")
        var count = 0
        guard EVP_PKEY_get_octet_string_param(key, "pub", nil, 0, &count) == 1 else { return nil }
        var bytes = [UInt8](repeating: 0, count: count)
        guard EVP_PKEY_get_octet_string_param(key, "pub", &bytes, count, &count) == 1 else { return nil }
        return bytes
    }
}
