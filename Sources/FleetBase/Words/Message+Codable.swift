/// A sentence is kept as its template with its values, so that whoever reads it later has it in his own language; with
/// ``CodingUserInfoKey/language`` it is written out as a text.
extension Message: Codable {
    private enum Key: String, CodingKey { case template, arguments }

    package init(from decoder: any Decoder) throws {
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            (template, arguments) = ("%@", [.text(HostText(text).line)])
            return
        }
        let container = try decoder.container(keyedBy: Key.self)
        template = try container.decode(String.self, forKey: .template)
        arguments = try container.decode([Argument].self, forKey: .arguments)
    }

    package func encode(to encoder: any Encoder) throws {
        if let language = encoder.language {
            var container = encoder.singleValueContainer()
            return try container.encode(text(in: language))
        }
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(template, forKey: .template)
        try container.encode(arguments, forKey: .arguments)
    }
}

extension Message.Argument: Codable {
    private enum Key: String, CodingKey { case message, english, spanish }

    package init(from decoder: any Decoder) throws {
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            self = .text(HostText(text).line)
            return
        }
        let container = try decoder.container(keyedBy: Key.self)
        if let message = try container.decodeIfPresent(Message.self, forKey: .message) {
            self = .message(message)
        } else {
            self = .both(
                english: HostText(try container.decode(String.self, forKey: .english)).lines,
                spanish: HostText(try container.decode(String.self, forKey: .spanish)).lines)
        }
    }

    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .text(let text):
            var container = encoder.singleValueContainer()
            try container.encode(text)
        case .message(let message):
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(message, forKey: .message)
        case .both(let english, let spanish):
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(english, forKey: .english)
            try container.encode(spanish, forKey: .spanish)
        }
    }
}

/// `{"class": …, "hint": …, "message": …}`; the hint is null where there is none.
extension Failure: Codable {
    private enum Key: String, CodingKey {
        case kind = "class"
        case message, hint
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        kind = try container.decode(FailureClass.self, forKey: .kind)
        message = try container.decode(Message.self, forKey: .message)
        hint = try container.decodeIfPresent(Message.self, forKey: .hint)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(kind, forKey: .kind)
        try container.encode(message, forKey: .message)
        try container.encode(hint, forKey: .hint)
    }
}

extension CodingUserInfoKey {
    /// In which ``Language`` sentences are written out.
    package static let language: CodingUserInfoKey = {
        guard let key = CodingUserInfoKey(rawValue: "fleet.language") else { preconditionFailure("a plain name") }
        return key
    }()
}

extension Encoder {
    fileprivate var language: Language? { userInfo[.language] as? Language }
}
