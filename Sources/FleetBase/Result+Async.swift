extension Result where Failure == any Error {
    /// What comes of work that waits.
    package init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
