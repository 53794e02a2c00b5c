import CLibrary

/// A file below `out/` of the working directory.
struct OutputFile {
    private let path: String
    private let stream: UnsafeMutablePointer<FILE>?

    init(_ path: String) throws(Options.Problem) {
        self.path = path
        mkdir("out", 0o777)
        stream = fopen(path, "w")
        if stream == nil { throw problem() }
    }

    func write(_ bytes: [UInt8]) throws(Options.Problem) {
        guard fwrite(bytes, 1, bytes.count, stream) == bytes.count else { throw problem() }
    }

    func write(_ particles: UnsafeBufferPointer<Particle>) throws(Options.Problem) {
        let size = MemoryLayout<Particle>.stride
        guard fwrite(particles.baseAddress, size, particles.count, stream) == particles.count else { throw problem() }
    }

    func close() throws(Options.Problem) {
        guard fclose(stream) == 0 else { throw problem() }
    }

    private func problem() -> Options.Problem {
        Options.Problem(text: "cannot write \(path): \(String(cString: last_error()))")
    }
}
