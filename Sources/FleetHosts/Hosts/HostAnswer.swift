package import FleetBase

/// What one of fleet's own scripts printed on a host: lines `KEY=VALUE`, read here and nowhere else.
///
/// The host may print anything. What no script of fleet's would print is the failure `lost` of that host.
package struct HostAnswer: Sendable {
    /// The longest honest answer lists the files of a large damaged release. 64 hosts may answer at once.
    static let maximumSize = 8 << 20
    static let maximumLines = 120_000
    static let maximumLine = 64 << 10

    package let lines: [HostAnswerLine]

    /// - Parameter problem: what it means when the script has failed.
    /// - Throws: lost, when the script failed or the answer is none.
    package init(_ result: RemoteResult, otherwise problem: (String) -> Message) throws(Failure) {
        guard result.status == 0 else { throw Failure(.lost, problem(result.reason)) }
        try self.init(result)
    }

    /// - Throws: lost, when more was printed than any script prints.
    package init(_ result: RemoteResult) throws(Failure) {
        guard !result.isCut, result.output.count <= Self.maximumSize else { throw .answerTooLong }
        lines = result.values.map { HostAnswerLine(key: $0.key, value: $0.value) }
        guard lines.count <= Self.maximumLines else { throw .answerTooLong }
    }

    init(_ lines: [(key: String, value: String)]) {
        self.lines = lines.map { HostAnswerLine(key: $0.key, value: $0.value) }
    }

    /// The values of one key, in order.
    package func all(_ key: String) -> [HostAnswerLine] { lines.filter { $0.key == key } }
}

/// One line of an answer, and the only ways to make anything of it.
package struct HostAnswerLine: Sendable {
    package let key: String
    /// The value as it came: only a comparison with it is safe.
    package let value: String

    package init(key: String, value: String) { (self.key, self.value) = (key, value) }

    /// What a host says of anything in bytes: 1 EiB.
    package static let bytes: ClosedRange<Int64> = 0...1 << 60

    /// The words of the value.
    ///
    /// - Throws: lost, when there are not so many; the last one holds all that is left.
    package func words(_ count: Int) throws(Failure) -> [String] {
        let words = value.split(separator: " ", maxSplits: count - 1).map(String.init)
        guard words.count == count else { throw senseless }
        return words
    }

    package func number(in range: ClosedRange<Int64>) throws(Failure) -> Int64 { try number(value, in: range) }

    package func number(_ text: String, in range: ClosedRange<Int64>) throws(Failure) -> Int64 {
        guard let number = Int64(digits: text), range.contains(number) else { throw senseless }
        return number
    }

    package func size() throws(Failure) -> ByteCount { ByteCount(try number(in: Self.bytes)) }

    /// - Throws: lost, for what is no plain decimal number.
    func decimal(upTo limit: Double) throws(Failure) -> Double {
        let isPlain = value.utf8.allSatisfy { $0 == UInt8(ascii: ".") || $0.isDigit }
        guard isPlain, let number = Double(value), number <= limit else { throw senseless }
        return number
    }

    /// A name that is safe in a path, on both sides.
    package func name(_ text: String) throws(Failure) -> String {
        guard Identifier.isValid(text) else { throw senseless }
        return text
    }

    /// The version of a release: the one in package.yaml, a dash, and twelve digits.
    package func version(_ text: String) throws(Failure) -> String {
        guard RemoteRelease.isVersion(text) else { throw senseless }
        return text
    }

    package func release(_ name: String, _ version: String) throws(Failure) -> RemoteRelease {
        RemoteRelease(name: try self.name(name), version: try self.version(version))
    }

    /// Text for people.
    package func text(atMost limit: Int = 1000) -> String { HostText(value).line(atMost: limit) }

    /// What is said of an answer that breaks the rules.
    package var senseless: Failure {
        let line = HostText("\(key)=\(value)").line(atMost: 80)
        return Failure(
            .lost, Message("the host's answer makes no sense: \(line)"),
            hint: Message("is it what it should be? what it says can't be relied on; log in and look"))
    }
}

extension Failure {
    static let answerTooLong = Failure(
        .lost, Message("the host's answer is longer than any that fleet asks for"),
        hint: Message("is it what it should be? what it says can't be relied on; log in and look"))
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}

extension Int64 {
    /// Reads decimal digits alone: no sign, no blanks. Nil also for what is too large.
    package init?(digits text: some StringProtocol) {
        guard !text.isEmpty, text.utf8.allSatisfy(\.isDigit), let number = Int64(text) else { return nil }
        self = number
    }
}
