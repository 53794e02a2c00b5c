import FleetBase

/// A public key while libssh2 offers it to a server.
///
/// An RSA key that signs with SHA-2 is called `rsa-sha2-256` in the request, and `ssh-rsa` in its blob (RFC 8332, 3).
/// OpenSSH also takes the first name in both places, Dropbear does not. libssh2 1.10 has one name for both: it reads the
/// name from the beginning of the blob, allocates the request, and copies the blob there. So the blob begins with the one
/// name, and gets the other when the memory of the request is asked for.
final class OfferedKey {
    let bytes: UnsafeMutablePointer<UInt8>
    let count: Int
    private let blob: [UInt8]
    private var isDisguised: Bool

    private static let algorithm = "rsa-sha2-256"

    /// - Parameter blob: that of an RSA key bears the name of the algorithm.
    init(_ blob: [UInt8]) {
        var reader = WireReader(blob)
        isDisguised = (try? reader.string()) == Self.algorithm
        var real = WireWriter()
        real.append(string: "ssh-rsa")
        self.blob = isDisguised ? real.bytes + reader.remaining : blob
        count = self.blob.count
        bytes = .allocate(capacity: max(count, blob.count))
        bytes.update(from: isDisguised ? blob : self.blob, count: count)
    }

    deinit { bytes.deallocate() }

    /// - Parameter size: of memory that libssh2 asks for; the request alone is larger than the blob.
    func memoryIsTaken(_ size: Int) {
        guard isDisguised, size > count else { return }
        bytes.update(from: blob, count: count)
        isDisguised = false
    }
}
