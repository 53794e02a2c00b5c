import Glibc
import Testing

@testable import FleetHTTP

@Suite struct HTTPPeerTests {
    private func peer(_ address: String) throws -> HTTPPeer {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST
        hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        try #require(getaddrinfo(address, "1", &hints, &list) == 0)
        defer { freeaddrinfo(list) }
        let info = try #require(list?.pointee)
        return HTTPPeer(try #require(info.ai_addr), info.ai_addrlen)
    }

    @Test(arguments: [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true), ("2001:db8:1:2::1", "2001:db8:1:3::1", false),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", false), ("::ffff:192.0.2.1", "192.0.2.1", true),
        ("192.0.2.1", "192.0.2.2", false),
    ]) func countsWhatOneClientHasTogether(one: String, other: String, isOne: Bool) throws {
        #expect(try (peer(one).network == peer(other).network) == isOne)
        #expect(try peer(one).name == one && !peer(one).isLocal)
    }

    /// A client over TCP whose address can't be read is not the owner.
    @Test func isNeverLocalForWantOfAnAddress() {
        var address = sockaddr_storage()
        let peer = withUnsafeMutableBytes(of: &address) { raw in
            raw.assumingMemoryBound(to: sockaddr.self).baseAddress.map { HTTPPeer($0, 0) }
        }
        #expect(peer == .unknown && peer?.isLocal == false && peer?.name == "?")
    }
}
