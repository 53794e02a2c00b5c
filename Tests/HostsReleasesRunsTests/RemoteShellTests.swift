import FleetBase
import FleetTesting
import Synchronization
import Testing
@testable import FleetHosts
@testable import FleetReleases

@Suite struct RemoteShellTests {
    /// The whole line around a command.
    private static func marked(_ command: String, _ words: String) -> String {
        let (begin, end) = (mark("begin"), mark("0"))
        return "exec /bin/sh -c '\(begin); \(begin) >&2; \(command) && \(end) && \(end) >&2' sh \(words)"
    }

    private static func mark(_ words: String) -> String { #"printf "@fleet %s \#(words)'\\'n" abc"# }

    private func line(_ words: [ShellWord], in directory: String? = nil) throws -> String {
        let line = try RemoteLine(words, in: directory, nonce: Nonce(text: "abc"))
        #expect(line.prefix.isEmpty)
        return line.text
    }

    @Test func rendersACommand() throws {
        #expect(try line(["ls", "-l", "a b"]) == Self.marked(#"("$@")"#, "ls -l 'a b'"))
    }

    @Test func rendersADirectory() throws {
        let line = try line(["ls"], in: "/my folder")
        #expect(line == Self.marked(#"CDPATH= cd -- "$1" && shift && ("$@")"#, "'/my folder' ls"))
    }

    @Test func rendersQuotes() throws {
        let line = try line(["echo", "it's", ""])
        #expect(line == Self.marked(#"("$@")"#, #"echo 'it'\''s' ''"#))
    }

    @Test func aFarEndWithoutAShellGetsTheBareWords() throws {
        let line = try RemoteLine(["show", "version"], in: nil, nonce: Nonce(), hasShell: false)
        #expect(line.text == "show version" && line.prefix.isEmpty)
    }

    /// What the shell does itself for a word ends no more than a program would.
    @Test(
        arguments: [["dash"], ["bash"], ["busybox", "sh"]],
        [["exit", "0"], ["exec", "true"], ["command", "exit", "0"]])
    func aWordOfTheShellsEndsAtItsMarks(shell: [String], words: [String]) throws {
        let line = try RemoteLine(words.map { ShellWord($0) }, in: nil, nonce: Nonce(text: "abc"))
        let text = line.text.replacing("exec /bin/sh", with: "exec \(shell.joined(separator: " "))", maxReplacements: 1)
        #expect(try Program.run(["sh", "-c", text]) == Array("@fleet abc begin\n@fleet abc 0\n".utf8))
    }

    // MARK: Long commands

    /// What is too long for a request comes on standard input, and the command's own input behind it.
    @Test(arguments: [["sh"], ["bash"], ["dash"], ["busybox", "sh"]])
    func aLongCommandTravelsOnItsInput(shell: [String]) throws {
        let word = String(repeating: "it's a\\b\n", count: 6000)
        let line = try RemoteLine(["printf", "%s", ShellWord(word)], in: nil, nonce: Nonce())
        #expect(line.text.utf8.count < 1000)
        let text = try Program.run(shell + ["-c", line.text], input: line.prefix)
        #expect(text.firstRange(of: Array(word.utf8)) != nil)
        let reading = try RemoteLine(["sh", "-c", "cat", ShellWord(word)], in: nil, nonce: Nonce())
        let input = try Program.run(shell + ["-c", reading.text], input: reading.prefix + Array("its input".utf8))
        #expect(input.firstRange(of: Array("its input".utf8)) != nil)
    }

    @Test(arguments: [131_072, 2_000_000]) func aWordThatNoHostTakesIsRefusedBeforeAnythingRuns(count: Int) throws {
        let failure = #expect(throws: Failure.self) {
            try RemoteLine(["echo", ShellWord(String(repeating: "x", count: count))], in: nil, nonce: Nonce())
        }
        #expect(failure?.kind == .limit)
    }

    @Test func tooManyWordsAreRefusedBeforeAnythingRuns() throws {
        let words = [ShellWord](repeating: ShellWord(String(repeating: "x", count: 100_000)), count: 11)
        let failure = #expect(throws: Failure.self) { try RemoteLine(words, in: nil, nonce: Nonce()) }
        #expect(failure?.kind == .limit)
    }

    // MARK: Beginning and end

    private func result(
        _ script: @escaping FakeTransport.Script, _ words: [ShellWord] = ["true"]
    ) async throws -> RemoteResult {
        let transport = FakeTransport(script)
        let destination = Destination(host: try HostName("pc"), address: "pc")
        let connection = try await transport.connect(to: destination, deadline: .after(.seconds(5)))
        return try await RemoteShell(connection) { connection }.execute(words, deadline: .after(.seconds(60)))
    }

    /// A command between its marks.
    private static func framed(
        _ output: String = "", _ error: String = "", before noise: String = "", status: Int32 = 0
    ) -> FakeTransport.Script {
        { command in
            for (stream, text) in [(FleetBase.CommandLine.Stream.output, output), (.error, error)] {
                command.write(stream, noise)
                command.begin(stream)
                command.write(stream, text)
            }
            command.end(status)
            return .status(status)
        }
    }

    @Test func marksProveSuccess() async throws {
        let result = try await result(Self.framed("out", "said\n"))
        #expect(result.status == 0 && result.outputText == "out" && result.errorText == "said\n")
    }

    @Test(arguments: ["hello\n", "no line end", "\u{1B}[2J\u{1B}]0;x\u{7}", "@fleet 0123 begin\n", "\n\n@fleet "])
    func whatALoginShellPrintsIsNotTheCommands(noise: String) async throws {
        let result = try await result(Self.framed("out", "said", before: noise))
        #expect(result.outputText == "out" && result.errorText == "said" && result.status == 0)
        #expect(result.greeting.text == noise + noise && result.greeting.delay != nil)
    }

    @Test func whatComesAfterTheEndIsNotTheCommands() async throws {
        let result = try await result { command in
            command.begin()
            command.end()
            command.write(.output, "logout\n")
            command.write(.error, "logout\n")
            return .status(0)
        }
        #expect(result.output.isEmpty && result.error.isEmpty)
    }

    @Test func withoutAnEndStatusZeroIsLost() async throws {
        let failure = await #expect(throws: Failure.self) {
            try await result { command in
                command.begin()
                return .status(0)
            }
        }
        #expect(failure?.kind == .lost)
    }

    @Test func theEndOfOneStreamIsNoEnd() async throws {
        let failure = await #expect(throws: Failure.self) {
            try await result { command in
                command.begin()
                command.write(.error, "@fleet \(command.nonce) 0\n")
                return .status(0)
            }
        }
        #expect(failure?.kind == .lost)
    }

    @Test func anEndWithoutABeginningIsALie() async throws {
        let failure = await #expect(throws: Failure.self) {
            try await result { command in
                command.write(.output, "job=1 2 3\n")
                command.end()
                return .status(0)
            }
        }
        #expect(failure?.kind == .lost)
    }

    @Test func theMarksOfAnotherAreNone() async throws {
        let failure = await #expect(throws: Failure.self) {
            try await result { command in
                for stream in [FleetBase.CommandLine.Stream.output, .error] {
                    command.begin(stream)
                    command.write(stream, "\n@fleet 0123 0\n")
                }
                return .status(0)
            }
        }
        #expect(failure?.kind == .lost)
    }

    @Test(arguments: [0, 1, 254] as [Int32]) func aShellThatRefusesIsQuoted(status: Int32) async throws {
        let failure = await #expect(throws: Failure.self) {
            try await result { command in
                command.write(.output, "This account is currently not available.\n")
                return .status(status)
            }
        }
        #expect(failure?.kind == .noShell)
        #expect(failure?.message.text(in: .english).contains("This account is currently not available.") == true)
    }

    @Test func aShellThatPrintsWithoutEndIsLeft() async throws {
        let failure = await #expect(throws: Failure.self) {
            try await result { command in
                let chunk = [UInt8](repeating: 65, count: 64 << 10)
                for _ in 0..<1000 { if command.write(.output, chunk) == .finished { return .status(0) } }
                return .status(1)
            }
        }
        #expect(failure?.kind == .noShell)
    }

    @Test(arguments: [3, 127, 255] as [Int32]) func otherStatusesStandForThemselves(status: Int32) async throws {
        let result = try await result { command in
            command.begin()
            return .status(status)
        }
        #expect(result.status == status)
    }

    @Test func aSignalIsASignal() async throws {
        let result = try await result { command in
            command.begin()
            return .signal("KILL")
        }
        #expect(result.ending == .signal("KILL"))
    }

    @Test(arguments: 1...60) func findsMarksInPieces(size: Int) async throws {
        let result = try await result { command in
            for stream in [FleetBase.CommandLine.Stream.output, .error] {
                let (begin, end) = ("@fleet \(command.nonce) begin\n", "@fleet \(command.nonce) 0\n")
                let bytes = Array("noise\(begin)x\n\n@fleet \n@f\(end)more".utf8)
                for start in stride(from: 0, to: bytes.count, by: size) {
                    command.write(stream, Array(bytes[start..<min(start + size, bytes.count)]))
                }
            }
            return .status(0)
        }
        #expect(result.errorText == "x\n\n@fleet \n@f" && result.outputText == result.errorText)
    }

    /// Who watches a worker sees a line once it is whole.
    @Test func handsOnALineAtOnce() {
        let nonce = Nonce()
        let seen = Mutex("")
        let collector = OutputCollector(
            nonce: nonce,
            live: { _, bytes in
                seen.withLock { $0 += String(decoding: bytes, as: UTF8.self) }
                return .more
            })
        for text in ["@fleet \(nonce.text) begin\n", "first\n"] {
            _ = Array(text.utf8).withUnsafeBytes { collector.take(.output, $0) }
        }
        #expect(seen.withLock(\.self) == "first\n")
    }

    @Test func moreThanAnAnswerIsNoAnswer() async throws {
        let failure = await #expect(throws: Failure.self) {
            try await result { command in
                command.begin()
                let chunk = [UInt8](repeating: 65, count: 1 << 20)
                for _ in 0..<64 { if command.write(.output, chunk) == .finished { break } }
                return .status(0)
            }
        }
        #expect(failure == .answerTooLong)
    }

    // MARK: csh

    /// What csh can't read as a word it reads on its input, and is asked to once.
    @Test(arguments: ["tcsh", "bsd-csh"]) func cshRunsWhatOthersRun(program: String) async throws {
        let lines = Shared(0)
        let host = CshHost(program: try Program.path(program), lines: lines)
        let shell = RemoteShell(host) { host }
        for _ in 1...2 {
            let result = try await shell.execute(
                ["printf", "%s", "one\ntwo! it's \\"], input: .none, deadline: .after(.seconds(20)))
            #expect(result.outputText == "one\ntwo! it's \\" && result.status == 0)
        }
        let bytes = try await shell.run(.bytesOut, ["10"], deadline: .after(.seconds(20)))
        #expect(bytes.status == 0)
        #expect(lines.value == 4)
    }

    private struct CshHost: Connection {
        let program: String
        let lines: Shared<Int>

        func run(_ command: FleetBase.CommandLine, deadline: Deadline) async throws(Failure) -> Completion {
            lines.change { $0 += 1 }
            guard let name = try? HostName("local") else { preconditionFailure("a plain name") }
            let local = try await LocalTransport().connect(
                to: Destination(host: name, address: "localhost"), deadline: deadline)
            let text = ([ShellWord(program), "-f", "-c", ShellWord(command.text)]).commandLine
            return try await local.run(
                CommandLine("exec " + text, prefix: command.prefix, input: command.input, output: command.output),
                deadline: deadline)
        }

        func close() async {}
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
