import FleetHTTP

/// Lets several tasks write to one client, each text as a whole.
actor SharedWriter {
    private let writer: HTTPWriter
    private var last: Task<Void, any Error>?

    init(_ writer: HTTPWriter) { self.writer = writer }

    func write(_ text: String) async throws {
        guard !text.isEmpty else { return }
        let (before, writer) = (last, writer)
        let task = Task {
            // Who was before has failed for a reason that ends this one, too.
            try await before?.value
            try await writer.write(text)
        }
        last = task
        try await task.value
    }

    /// Writes a text that says nothing again and again, so that both sides notice when the other one is gone.
    func beat(_ text: String) async throws {
        while true {
            try await Task.sleep(for: .seconds(15))
            try await write(text)
        }
    }
}
