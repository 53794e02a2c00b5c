import FleetBase
import FleetTesting
import Testing

@testable import FleetEngine

@Suite struct RemoteShellTests {
    private let trailer = #"/bin/sh -c 'printf "'\\'n@fleet %s 0'\\'n" "$0" >&2' abc"#

    @Test func rendersACommand() {
        let line = RemoteShell.line(for: ["ls", "-l", "a b"], in: nil, nonce: Nonce(text: "abc"))
        #expect(line == "ls -l 'a b' && " + trailer)
    }

    @Test func rendersADirectory() {
        let line = RemoteShell.line(for: ["ls"], in: "/my folder", nonce: Nonce(text: "abc"))
        #expect(line == "cd '/my folder' && ls && " + trailer)
    }

    @Test func rendersQuotes() {
        let line = RemoteShell.line(for: ["echo", "it's", ""], in: nil, nonce: Nonce(text: "abc"))
        #expect(line == #"echo 'it'\''s' '' && "# + trailer)
    }

    private func result(
        _ script: @escaping FakeTransport.Script, _ words: [ShellWord] = ["true"]
    ) async throws -> RemoteResult {
        let transport = FakeTransport(script)
        let destination = Destination(host: try HostName("pc"), address: "pc")
        let connection = try await transport.connect(to: destination, deadline: .after(.seconds(5)))
        return try await RemoteShell(connection) { connection }.execute(words, deadline: .after(.seconds(60)))
    }

    /// The line ends in the nonce, which the trailer repeats.
    private static func nonce(of command: FakeTransport.Command) -> Substring {
        command.line.split(separator: " ").last ?? ""
    }

    @Test func aTrailerProvesSuccess() async throws {
        let result = try await result { command in
            command.write(.error, "said\n\n@fleet \(Self.nonce(of: command)) 0\n")
            return .status(0)
        }
        #expect(result.status == 0 && result.errorText == "said\n")
    }

    @Test func withoutATrailerStatusZeroIsLost() async throws {
        let failure = await #expect(throws: Failure.self) { try await result { _ in .status(0) } }
        #expect(failure?.kind == .lost)
    }

    @Test func theTrailerOfAnotherIsNone() async throws {
        let failure = await #expect(throws: Failure.self) {
            try await result { command in
                command.write(.error, "\n@fleet 0123 0\n")
                return .status(0)
            }
        }
        #expect(failure?.kind == .lost)
    }

    @Test(arguments: [3, 127, 255] as [Int32]) func otherStatusesStandForThemselves(status: Int32) async throws {
        #expect(try await result { _ in .status(status) }.status == status)
    }

    @Test func aSignalIsASignal() async throws {
        #expect(try await result { _ in .signal("KILL") }.ending == .signal("KILL"))
    }

    @Test(arguments: 1...40) func findsATrailerInPieces(size: Int) async throws {
        let result = try await result { command in
            let bytes = Array("x\n\n@fleet \(Self.nonce(of: command)) 0\n".utf8)
            for start in stride(from: 0, to: bytes.count, by: size) {
                command.write(.error, Array(bytes[start..<min(start + size, bytes.count)]))
            }
            return .status(0)
        }
        #expect(result.errorText == "x\n")
    }

    @Test func findsATrailerAfterMoreThanIsKept() async throws {
        let result = try await result { command in
            let chunk = [UInt8](repeating: 65, count: OutputCollector.limit)
            command.write(.error, chunk)
            command.write(.error, chunk)
            command.write(.error, "\n@fleet \(Self.nonce(of: command)) 0\n")
            return .status(0)
        }
        #expect(result.status == 0)
    }

    /// What a shell makes of a word is the word.
    @Test(arguments: [["sh"], ["bash"], ["dash"], ["busybox", "sh"], ["fish"]])
    func shellsReadWordsAsTheyAre(shell: [String]) throws {
        var words = [
            "", "'", "''", "\\", "\\'", "!", "~", "$HOME", "`x`", "*", "a\nb", "-n", "é😀", "\t", "#", "=", "%self",
            "a\\", "\\\\'\\",
        ]
        words += ["'\u{301}; exit 1;'\u{301}", "\\\u{301}"]
        let odd = Array("\\\\''\"$`!~*?[]{}()<>|&;^%@#= \n\tab".unicodeScalars)
        for _ in 0..<200 {
            let scalars = (0..<Int.random(in: 0...30)).compactMap { _ in Unicode.Scalar(UInt32.random(in: 1...0x36f)) }
            words.append(String(String.UnicodeScalarView(scalars)))
            words.append(String(String.UnicodeScalarView((0..<12).compactMap { _ in odd.randomElement() })))
        }
        let line = (["printf", "%s\\0"] + words.map { ShellWord($0) }).commandLine
        let output = try Program.run(shell + ["-c", line])
        #expect(output == words.flatMap { Array($0.utf8) + [0] })
    }
}
