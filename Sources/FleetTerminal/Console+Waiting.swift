package import FleetBase

extension Console {
    /// What is quicker needs no words.
    private static let moment = Duration.milliseconds(500)

    /// Says on a terminal what goes on, as long as it does.
    package func showing<Value: Sendable>(
        _ message: Message, while body: () async throws -> Value
    ) async throws -> Value {
        guard isLive else { return try await body() }
        let teller = Task {
            try await Task.sleep(for: Self.moment)
            showProgress([StyledLine("\(text(message)) …")])
        }
        do {
            let value = try await body()
            await end(teller)
            return value
        } catch {
            await end(teller)
            throw error
        }
    }

    private func end(_ teller: Task<Void, any Error>) async {
        teller.cancel()
        _ = await teller.result
        showProgress([])
    }
}
