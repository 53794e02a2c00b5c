import FleetBase

/// What came of an operation on one host.
public struct HostResult<Value: Sendable>: Sendable {
    /// The host's name in the inventory.
    public let host: String
    /// The value, or why there is none.
    public let result: Result<Value, HostFailure>

    init<Inner>(_ outcome: HostOutcome<Inner>, reading convert: (Inner) throws(Failure) -> Value) {
        host = outcome.host.text
        do throws(Failure) {
            result = .success(try convert(try outcome.result.get()))
        } catch {
            result = .failure(HostFailure(error))
        }
    }
}

/// A row of an operation's JSON form: the host's name, the failure or null, and beside them what the value has.
extension HostResult: Decodable where Value: Decodable {
    private enum Key: String, CodingKey { case host, name, failure }

    /// Reads one row.
    public init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: Key.self)
        host = try row.decodeIfPresent(String.self, forKey: .host) ?? row.decode(String.self, forKey: .name)
        let failure = try row.decodeIfPresent(HostFailure.self, forKey: .failure)
        result = try failure.map(Result.failure) ?? .success(Value(from: decoder))
    }
}

/// A host that failed.
public struct HostProblem: Sendable, Hashable {
    /// The host's name in the inventory.
    public let host: String
    /// Why it failed.
    public let failure: HostFailure

    init(_ host: HostName, _ failure: Failure) { (self.host, self.failure) = (host.text, HostFailure(failure)) }
}

/// What came of an operation whose value is not a row for each host, with the hosts that failed.
public struct HostReport<Value: Sendable>: Sendable {
    /// What came of it on the others.
    public let value: Value
    /// In the order of the inventory; empty when all went well.
    public let failures: [HostProblem]
}

extension Sequence {
    /// The hosts of the outcomes that are failures.
    func problems<Value>() -> [HostProblem] where Element == HostOutcome<Value> {
        compactMap { outcome in outcome.failure.map { HostProblem(outcome.host, $0) } }
    }
}
