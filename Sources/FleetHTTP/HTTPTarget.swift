/// The thing that a request asks for: a path and a query (RFC 9112, section 3.2.1, the origin form).
package struct HTTPTarget: Sendable, Hashable {
    /// The parts of the path between its slashes, decoded; `/api/hosts` has two, `/` none.
    package let path: [String]
    package let query: [Item]

    package struct Item: Sendable, Hashable {
        package let name: String
        package let value: String
    }

    /// The first value by that name.
    package func query(_ name: String) -> String? { query.first { $0.name == name }?.value }

    /// Reads `/runs/last?page=2`.
    package init(reading bytes: ArraySlice<UInt8>) throws(HTTPRefusal) {
        guard bytes.count <= 4096 else { throw HTTPRefusal(414, "the address is too long") }
        guard bytes.first == 47, bytes.allSatisfy({ (33...126).contains($0) && $0 != 35 }) else {
            throw .malformed("the address is no path")
        }
        let mark = bytes.firstIndex(of: 63) ?? bytes.endIndex
        var path: [String] = []
        for part in bytes[(bytes.startIndex + 1)..<mark].split(separator: 47, omittingEmptySubsequences: false) {
            let word = try Self.decoded(part)
            guard word != ".", word != "..", !word.contains("/") else { throw .malformed("the path leads elsewhere") }
            path.append(word)
        }
        // A slash at the end says nothing; one in the middle without a word would be another path.
        if path.last == "" { path.removeLast() }
        guard !path.contains("") else { throw .malformed("the path has an empty part") }
        self.path = path
        var query: [Item] = []
        for item in bytes[mark...].dropFirst().split(separator: 38) {
            let sign = item.firstIndex(of: 61) ?? item.endIndex
            query.append(
                Item(
                    name: try Self.decoded(item[..<sign], plusIsSpace: true),
                    value: try Self.decoded(item[sign...].dropFirst(), plusIsSpace: true)))
        }
        self.query = query
    }

    /// Without its percent signs (RFC 3986, section 2.1).
    private static func decoded(
        _ bytes: ArraySlice<UInt8>, plusIsSpace: Bool = false
    ) throws(HTTPRefusal) -> String {
        var result: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            switch byte {
            case 37:
                guard let high = rest.popFirst()?.hexDigit, let low = rest.popFirst()?.hexDigit else {
                    throw .malformed("a percent sign has no two hex digits behind it")
                }
                result.append(high << 4 | low)
            case 43 where plusIsSpace: result.append(32)
            default: result.append(byte)
            }
        }
        guard result.allSatisfy({ $0 >= 32 && $0 != 127 }), let text = String(validating: result, as: UTF8.self) else {
            throw .malformed("the address is no text")
        }
        return text
    }
}

extension UInt8 {
    fileprivate var hexDigit: UInt8? {
        switch self {
        case 48...57: self - 48
        case 65...70: self - 55
        case 97...102: self - 87
        default: nil
        }
    }
}
