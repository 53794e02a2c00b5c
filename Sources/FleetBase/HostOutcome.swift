/// What came of one operation on one host.
package struct HostOutcome<Value: Sendable>: Sendable {
    package let host: HostName
    package let result: Result<Value, Failure>

    package init(host: HostName, result: Result<Value, Failure>) {
        self.host = host
        self.result = result
    }

    package var failure: Failure? {
        guard case .failure(let failure) = result else { return nil }
        return failure
    }

    package var value: Value? { try? result.get() }
}
