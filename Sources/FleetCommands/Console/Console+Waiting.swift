import FleetBase
import FleetReleases

extension Console {
    /// What is quicker needs no words.
    private static let moment = Duration.milliseconds(500)

    /// Says on a terminal what goes on, as long as it does.
    func showing<Value: Sendable>(
        _ message: Message, while body: () async throws -> Value
    ) async throws -> Value {
        guard isLive else { return try await body() }
        let teller = Task {
            try await Task.sleep(for: Self.moment)
            showProgress(["\(text(message)) …"])
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

extension PackageBuilder {
    /// Builds a package, and says so where it takes a moment.
    func build(_ name: String, _ console: Console) async throws -> BuiltPackage {
        try await console.showing(Message("building \(name)")) { try await build(name) }
    }
}
