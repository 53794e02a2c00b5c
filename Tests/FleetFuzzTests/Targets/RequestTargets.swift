import FleetHTTP

/// What browsers and others send.
enum RequestTargets {
    /// The bytes of a connection, cut in two at any place: what is taken obeys the rules that gates rely on.
    static func requests(_ bytes: [UInt8]) {
        let cut = bytes.isEmpty ? 0 : Int(bytes[0]) % bytes.count
        let (whole, parts) = (Self.read([bytes[...]]), Self.read([bytes[..<cut], bytes[cut...]]))
        require(whole == parts, "a cut changes what was asked")
        for request in whole.requests {
            let hosts = request.headers.filter { $0.name == "host" }
            require(hosts.count == 1 || request.minorVersion == 0 && hosts.isEmpty, "hosts: \(hosts)")
            require(!request.headers.contains { $0.name == "transfer-encoding" }, "a transfer encoding")
            for part in request.target.path {
                require(!["", ".", ".."].contains(part) && !part.contains("/"), "the path \(request.target.path)")
            }
            for text in request.target.path + request.headers.flatMap({ [$0.name, $0.value] }) {
                require(text.utf8.allSatisfy { $0 >= 32 && $0 != 127 || $0 == 9 }, "a control character in \(text)")
            }
        }
    }

    private struct Reading: Equatable {
        var requests: [HTTPHead] = []
        var bodies: [[UInt8]] = []
        var refusal: HTTPRefusal?
    }

    private static func read(_ parts: [ArraySlice<UInt8>]) -> Reading {
        var (reader, reading) = (HTTPReader(), Reading())
        for part in parts where reading.refusal == nil {
            reader.append(part)
            do {
                while let request = try reader.next() {
                    reading.requests.append(request.head)
                    reading.bodies.append(request.body)
                }
            } catch {
                reading.refusal = error
            }
        }
        return reading
    }
}
