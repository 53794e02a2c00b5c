import CCrypto

/// A libcrypto number: the parts of a key. Cleared when it goes, since most of them are secret.
final class BigNumber {
    let pointer: OpaquePointer

    init(_ magnitude: [UInt8]) {
        guard let number = BN_bin2bn(magnitude, CInt(magnitude.count), nil) else {
            preconditionFailure("out of memory")
        }
        pointer = number
    }

    deinit { BN_clear_free(pointer) }

    /// `self mod (modulus - 1)`: the exponents of RSA's Chinese remainder form (RFC 8017, 3.2).
    func reduced(moduloPredecessorOf modulus: BigNumber) -> BigNumber {
        let result = BigNumber([])
        let context = BN_CTX_new()
        let predecessor = BN_dup(modulus.pointer)
        defer {
            BN_clear_free(predecessor)
            BN_CTX_free(context)
        }
        let isDone = BN_sub_word(predecessor, 1) == 1 && BN_div(nil, result.pointer, pointer, predecessor, context) == 1
        precondition(isDone, "out of memory")
        return result
    }
}

/// Collects the parts of a key and makes the key (OSSL_PARAM_BLD(3), EVP_PKEY_fromdata(3)).
final class KeyBuilder {
    private let parameters: OpaquePointer
    /// The builder refers to them until the key is made.
    private var numbers: [BigNumber] = []

    init() {
        guard let parameters = OSSL_PARAM_BLD_new() else { preconditionFailure("out of memory") }
        self.parameters = parameters
    }

    deinit { OSSL_PARAM_BLD_free(parameters) }

    // The builder keeps the pointers to names and texts as they are, so both must live as long as the program.

    func set(_ name: StaticString, _ number: BigNumber) {
        numbers.append(number)
        let code = name.withUTF8Buffer { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                OSSL_PARAM_BLD_push_BN(parameters, $0.baseAddress, number.pointer)
            }
        }
        precondition(code == 1, "out of memory")
    }

    func set(_ name: StaticString, text: StaticString) {
        let code = name.withUTF8Buffer { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                OSSL_PARAM_BLD_push_utf8_string(parameters, $0.baseAddress, text.utf8Start, text.utf8CodeUnitCount)
            }
        }
        precondition(code == 1, "out of memory")
    }

    /// - Returns: nil when the parts make no key.
    func key(_ kind: String) -> OpaquePointer? {
        guard let list = OSSL_PARAM_BLD_to_param(parameters) else { return nil }
        defer { OSSL_PARAM_free(list) }
        let context = EVP_PKEY_CTX_new_from_name(nil, kind, nil)
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_fromdata_init(context) == 1,
            EVP_PKEY_fromdata(context, &key, CInt(fleet_evp_pkey_keypair), list) == 1
        else {
            return nil
        }
        return key
    }
}
