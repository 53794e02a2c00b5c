/// The keys of all parts side by side: keys of tasks are digests of this text, and ledgers of earlier fleets hold it.
extension TaskSpec: Codable {
    private enum Key: String, CodingKey {
        case definition, parameters, repetition, copy, after, environment, secrets, inputs, inputDigests, outputs, host
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        definition = try container.decode(String.self, forKey: .definition)
        work = try Work(from: decoder)
        parameters = try container.decode([String: String].self, forKey: .parameters)
        repetition = try container.decode(Int.self, forKey: .repetition)
        copy = try container.decodeIfPresent(Int.self, forKey: .copy)
        demands = try Demands(from: decoder)
        after = try container.decode([String].self, forKey: .after)
        tries = try Tries(from: decoder)
        environment = try container.decode([String: String].self, forKey: .environment)
        secrets = try container.decode([String: Source].self, forKey: .secrets)
        inputs = try container.decode([String: String].self, forKey: .inputs)
        inputDigests = try container.decodeIfPresent([String: String].self, forKey: .inputDigests)
        outputs = try container.decode([String].self, forKey: .outputs)
        limits = try Limits(from: decoder)
        host = try container.decodeIfPresent(String.self, forKey: .host)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(definition, forKey: .definition)
        try work.encode(to: encoder)
        try container.encode(parameters, forKey: .parameters)
        try container.encode(repetition, forKey: .repetition)
        try container.encodeIfPresent(copy, forKey: .copy)
        try demands.encode(to: encoder)
        try container.encode(after, forKey: .after)
        try tries.encode(to: encoder)
        try container.encode(environment, forKey: .environment)
        try container.encode(secrets, forKey: .secrets)
        try container.encode(inputs, forKey: .inputs)
        try container.encodeIfPresent(inputDigests, forKey: .inputDigests)
        try container.encode(outputs, forKey: .outputs)
        try limits.encode(to: encoder)
        try container.encodeIfPresent(host, forKey: .host)
    }
}
