import Foundation
import Synchronization

/// A real HTTP server that speaks the forms of Gemini's API, with faults: see `gemini_server.py`. Ended with its input.
package final class GeminiServer: Sendable {
    /// What the server takes for good.
    package static let key = "AIza-test-key"

    package struct Request: Decodable, Sendable {
        package let path: String
        package let key: String?
        package let attempt: Int
    }

    package let port: Int
    private let identity: Identity?
    private let input = Pipe()
    private let log: Mutex<[UInt8]>

    /// A certificate for 127.0.0.1 that only those trust who are told to.
    package struct Identity: Sendable {
        private let folder: TemporaryFolder
        package var certificate: String { folder.path + "/certificate" }
        /// A Java trust store that holds it.
        package var trustStore: String { folder.path + "/store" }
        package var key: String { folder.path + "/key" }

        package init() throws {
            folder = try TemporaryFolder()
            try Program.run([
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-days",
                "2", "-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate,
            ])
            guard (try? Program.path("keytool")) != nil else { return }
            try Program.run([
                "keytool", "-importcert", "-noprompt", "-alias", "test", "-file", certificate, "-keystore", trustStore,
                "-storepass", "changeit",
            ])
        }
    }

    /// - Parameter identity: by which it speaks TLS; nil for plain HTTP.
    package init(_ identity: Identity? = nil) throws {
        self.identity = identity
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: try Program.path("python3"))
        process.arguments = [URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/gemini_server.py"]
        if let identity { process.arguments? += [identity.certificate, identity.key] }
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line: [UInt8] = []
        while line.last != UInt8(ascii: "\n") {
            guard let byte = try output.fileHandleForReading.read(upToCount: 1)?.first else {
                throw Program.Failed(description: "no server starts")
            }
            line.append(byte)
        }
        port = Int(String(decoding: line.dropLast(), as: UTF8.self)) ?? 0
        log = Mutex([])
        Thread { [weak self] in
            while let bytes = try? output.fileHandleForReading.read(upToCount: 1), let self {
                self.log.withLock { $0 += bytes }
            }
        }.start()
    }

    deinit { try? input.fileHandleForWriting.close() }

    /// Whole requests so far.
    package var requests: [Request] {
        log.withLock { $0 }.split(separator: UInt8(ascii: "\n")).compactMap {
            try? JSONDecoder().decode(Request.self, from: Data($0))
        }
    }

    /// Lets the model `held` go on.
    package func release() { try? input.fileHandleForWriting.write(contentsOf: Data("\n".utf8)) }

    /// An address of its own for each caller: attempts are counted for each.
    package func address(_ caller: String = UUID().uuidString) -> String {
        "\(identity == nil ? "http" : "https")://127.0.0.1:\(port)/\(caller)/v1beta"
    }
}
