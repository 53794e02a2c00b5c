import FleetBase
import Glibc

/// Reads one line of `allowed_signers`: principals, options, key type, key, and a comment that nobody reads.
struct AllowedSignerReader {
    private static let keyType = "ssh-ed25519"

    private let place: SourcePlace
    private var rest: Substring
    private var namespaces: String?
    private var validAfter: Timestamp?
    private var validBefore: Timestamp?

    init(_ line: Substring, at place: SourcePlace) {
        self.place = place
        rest = line.last == "\r" ? line.dropLast() : line
    }

    /// - Returns: nil for an empty line and for a comment.
    mutating func signer() throws(ConfigError) -> AllowedSigner? {
        skipSpace()
        guard let first = rest.first, first != "#" else { return nil }
        let principals = try principals()
        var word = rest.prefix { !Self.isSpace($0) }
        if !Self.isKeyType(word) {
            try options()
            word = rest.prefix { !Self.isSpace($0) }
        }
        guard word == Self.keyType else { throw otherKey(word) }
        rest = rest.dropFirst(word.count)
        skipSpace()
        let encoded = rest.prefix { !Self.isSpace($0) }
        guard let key = Base64.decode(encoded), Self.isEd25519(key) else {
            throw problem(Message("the key of \(principals) is damaged"))
        }
        return AllowedSigner(
            principals: principals, key: key, namespaces: namespaces, validAfter: validAfter, validBefore: validBefore)
    }

    private mutating func principals() throws(ConfigError) -> String {
        let text: Substring
        if rest.first == "\"" {
            rest = rest.dropFirst()
            text = rest.prefix { $0 != "\"" }
            guard text.endIndex < rest.endIndex else { throw problem(Message("a quote has no end")) }
            rest = rest[text.endIndex...].dropFirst()
        } else {
            text = rest.prefix { !Self.isSpace($0) }
            rest = rest[text.endIndex...]
        }
        // Where the names were forgotten, the line begins with what should follow them.
        guard !text.isEmpty, !Self.isKeyType(text), !text.contains("=") else {
            throw problem(Message("the line does not begin with a name, such as ana@example.org"))
        }
        skipSpace()
        return String(text)
    }

    // MARK: Options

    private mutating func options() throws(ConfigError) {
        guard !rest.isEmpty else { throw problem(Message("there is no key on the line")) }
        while true {
            try option()
            guard rest.first == "," else { break }
            rest = rest.dropFirst()
        }
        guard rest.first.map(Self.isSpace) == true else { throw problem(Message("there is no key on the line")) }
        skipSpace()
    }

    private mutating func option() throws(ConfigError) {
        let name = rest.prefix { !Self.isSpace($0) && $0 != "=" && $0 != "," }
        rest = rest.dropFirst(name.count)
        switch name.lowercased() {
        case "cert-authority":
            throw problem(
                Message("fleet does not read certificates, so cert-authority can't be honoured"),
                hint: Message("name the signers' own keys"))
        case "namespaces":
            guard namespaces == nil else { throw twice(name) }
            namespaces = try value(of: name)
        case "valid-after":
            guard validAfter == nil else { throw twice(name) }
            validAfter = try time(of: name)
        case "valid-before":
            guard validBefore == nil else { throw twice(name) }
            validBefore = try time(of: name)
        default:
            throw problem(
                Message("\"\(name)\" is neither an option nor a kind of key that fleet knows"),
                hint: Message("options are namespaces=, valid-after= and valid-before=; the key is ssh-ed25519"))
        }
        if let validAfter, let validBefore, validBefore <= validAfter {
            throw problem(Message("valid-before is not later than valid-after"))
        }
    }

    /// `="TEXT"`, with `\"` for a quote.
    private mutating func value(of name: Substring) throws(ConfigError) -> String {
        guard rest.hasPrefix("=\"") else { throw problem(Message("\(name) needs a value in quotes")) }
        rest = rest.dropFirst(2)
        var value = ""
        while let character = rest.popFirst() {
            if character == "\"" { return value }
            if character == "\\", rest.first == "\"" { rest = rest.dropFirst(); value += "\""; continue }
            value.append(character)
        }
        throw problem(Message("a quote has no end"))
    }

    /// `YYYYMMDD`, `YYYYMMDDHHMM` or `YYYYMMDDHHMMSS`, in UTC with a `Z` behind it and in local time without.
    private mutating func time(of name: Substring) throws(ConfigError) -> Timestamp {
        let text = try value(of: name)
        let isUTC = text.last == "Z" || text.last == "z"
        let digits = (isUTC ? text.dropLast() : text[...]).utf8.map { Int32($0) - 48 }
        guard [8, 12, 14].contains(digits.count), digits.allSatisfy({ (0...9).contains($0) }) else {
            throw badTime(text, name)
        }
        let padded = digits + Array(repeating: 0, count: 14 - digits.count)
        let number = { (range: Range<Int>) in padded[range].reduce(0) { $0 * 10 + $1 } }
        var date = tm()
        (date.tm_year, date.tm_mon, date.tm_mday) = (number(0..<4) - 1900, number(4..<6) - 1, number(6..<8))
        (date.tm_hour, date.tm_min, date.tm_sec) = (number(8..<10), number(10..<12), number(12..<14))
        date.tm_isdst = -1
        let asked = date
        let seconds = isUTC ? timegm(&date) : mktime(&date)
        // A 31st of February is moved to March, and is no date.
        guard seconds > 0, (date.tm_mon, date.tm_mday, date.tm_min) == (asked.tm_mon, asked.tm_mday, asked.tm_min)
        else {
            throw badTime(text, name)
        }
        return Timestamp(milliseconds: Int64(seconds) * 1000)
    }

    // MARK: Words

    private mutating func skipSpace() { rest = rest.drop(while: Self.isSpace) }

    private static func isSpace(_ character: Character) -> Bool { character == " " || character == "\t" }

    private static func isKeyType(_ word: Substring) -> Bool {
        ["ssh-", "ecdsa-", "sk-", "rsa-"].contains { word.hasPrefix($0) }
    }

    private static func isEd25519(_ blob: [UInt8]) -> Bool {
        var reader = WireReader(blob)
        return (try? reader.string()) == keyType && (try? reader.bytes())?.count == 32 && reader.isAtEnd
    }

    // MARK: Problems

    private func problem(_ message: Message, hint: Message? = nil) -> ConfigError {
        ConfigError(.syntax, at: place, message, hint: hint)
    }

    private func twice(_ name: Substring) -> ConfigError { problem(Message("\(name) stands there twice")) }

    private func badTime(_ text: String, _ name: Substring) -> ConfigError {
        problem(
            Message("\(name): \"\(text)\" is not a time"), hint: Message("write it as 20271231 or 202712312359Z"))
    }

    private func otherKey(_ word: Substring) -> ConfigError {
        guard !word.isEmpty else { return problem(Message("there is no key on the line")) }
        return problem(
            Message("a key of the kind \(word) can't be checked"),
            hint: Message("fleet checks signatures of Ed25519 keys: ssh-ed25519"))
    }
}
