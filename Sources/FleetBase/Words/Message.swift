/// A sentence for a person: an English template that is also its key in the ``Catalogue``, and the values in it.
///
/// Always written out as `Message("host \(name) is unreachable")`, so that the test of the catalogue finds every one
/// in the sources. An interpolated value stands for one `%@` of the template; another language may reorder them as
/// `%1$@`, `%2$@`, as printf(3) does. A value that is itself a `Message` is translated with the sentence.
package struct Message: Sendable, Hashable, ExpressibleByStringInterpolation {
    package enum Argument: Sendable, Hashable {
        case text(String)
        indirect case message(Message)
        /// A text that came in both languages, from a package's file.
        case both(english: String, spanish: String)
    }

    package let template: String
    package let arguments: [Argument]

    package init(stringLiteral value: String) {
        template = value
        arguments = []
    }

    package init(stringInterpolation: Interpolation) {
        template = stringInterpolation.template
        arguments = stringInterpolation.arguments
    }

    /// Words that no catalogue translates: a program's own output, a C library's error text.
    package init(verbatim text: String) {
        template = "%@"
        arguments = [.text(HostText(text).line)]
    }

    /// Words that come in both languages, from outside the catalogue.
    package init(english: String, spanish: String) {
        template = "%@"
        arguments = [.both(english: HostText(english).lines, spanish: HostText(spanish).lines)]
    }

    package func text(in language: Language) -> String {
        let values = arguments.map { argument in
            switch argument {
            case .text(let text): text
            case .message(let message): message.text(in: language)
            case .both(let english, let spanish): language == .spanish ? spanish : english
            }
        }
        return Self.fill(Catalogue.template(for: template, in: language), with: values)
    }

    /// Replaces `%@` in order and `%N$@` by position.
    static func fill(_ template: String, with values: [String]) -> String {
        guard !values.isEmpty else { return template }
        var result = ""
        var rest = Substring(template)
        var next = 0
        while let percent = rest.firstIndex(of: "%") {
            result += rest[..<percent]
            rest = rest[percent...].dropFirst()
            let digits = rest.prefix { $0.isNumber }
            if rest.first == "@" {
                if values.indices.contains(next) { result += values[next] }
                next += 1
                rest = rest.dropFirst()
            } else if let position = Int(digits), rest.dropFirst(digits.count).hasPrefix("$@"),
                values.indices.contains(position - 1)
            {
                result += values[position - 1]
                rest = rest.dropFirst(digits.count + 2)
            } else {
                result += "%"
            }
        }
        return result + rest
    }
}

extension Message {
    package struct Interpolation: StringInterpolationProtocol {
        var template = ""
        var arguments: [Argument] = []

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ literal: String) { template += literal }

        package mutating func appendInterpolation(_ message: Message) {
            template += "%@"
            arguments.append(.message(message))
        }

        package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            template += "%@"
            arguments.append(.text(HostText(value.description).line))
        }
    }
}
