import FleetBase

/// What the login shell gets for one command: a line, and for what is too long for one the beginning of its input.
struct RemoteLine: Sendable {
    /// libssh2 sends no request of more than one packet of 35,000 bytes.
    private static let longest = 30_000
    /// execve(2): MAX_ARG_STRLEN, with the zero byte at the end.
    private static let longestWord = 131_071
    private static let longestInAll = 1 << 20

    let text: String
    /// Goes to the command's standard input before everything else.
    let prefix: [UInt8]

    /// A command of the user's, which the login shell hands to sh. It begins after its marks and ends before them, on both
    /// streams. `exec` reads the same in sh, csh and fish, though csh takes no word with a line break. The end is marked
    /// for status 0 alone, since SSH reads 0 also where no status arrived. The command is in a subshell, so that what the
    /// shell itself does for a word, such as `exit` and `exec`, does not end the shell that marks the end.
    ///
    /// - Parameter hasShell: without a shell the far end gets the bare words.
    init(_ words: [ShellWord], in directory: String?, nonce: Nonce, hasShell: Bool = true) throws(Failure) {
        try Self.check(words)
        guard hasShell else {
            let change = directory.map { ["cd", ShellWord($0)].commandLine + " && " } ?? ""
            self.init(text: change + words.commandLine, prefix: [])
            return
        }
        let begin = Self.mark("begin", nonce)
        let end = Self.mark("0", nonce)
        let change = directory == nil ? "" : "CDPATH= cd -- \"$1\" && shift && "
        let script = "\(begin); \(begin) >&2; \(change)(\"$@\") && \(end) && \(end) >&2"
        let arguments = (directory.map { [ShellWord($0)] } ?? []) + words
        self.init("exec " + (["/bin/sh", "-c", ShellWord(script), "sh"] + arguments).commandLine, nonce)
    }

    init(_ script: Script, _ arguments: [ShellWord], nonce: Nonce) throws(Failure) {
        try Self.check(arguments)
        self.init(script.line(nonce: nonce, arguments), nonce)
    }

    private init(text: String, prefix: [UInt8]) { (self.text, self.prefix) = (text, prefix) }

    private init(_ line: String, _ nonce: Nonce) {
        guard line.utf8.count > Self.longest else {
            self.init(text: line, prefix: [])
            return
        }
        // The mark of its end is no line of the command, since the nonce is new. It ends in the nonce as every line does.
        // What was cut off before the mark is another command, and does not run.
        let read =
            "text=; while IFS= read -r line; do [ \"$line\" != \"@fleet $0\" ] || eval \"$text exit\"; text=\"$text$line\n\"; done; exit 74"
        self.init(
            text: "exec " + ["/bin/sh", "-c", ShellWord(read), ShellWord(nonce.text)].commandLine,
            prefix: Array("\(line)\n@fleet \(nonce.text)\n".utf8))
    }

    private static func mark(_ words: String, _ nonce: Nonce) -> String {
        "printf \"@fleet %s \(words)\\n\" \(nonce.text)"
    }

    /// - Throws: limit, before anything runs.
    private static func check(_ words: [ShellWord]) throws(Failure) {
        let longest = words.map(\.text.utf8.count).max() ?? 0
        guard longest <= longestWord else {
            throw Failure(
                .limit,
                Message("a word of the command has \(longest) bytes, and no host takes more than \(longestWord)"),
                hint: Message("put it into a file: inputs: of a task, or --stdin of fleet exec"))
        }
        let total = words.reduce(0) { $0 + $1.text.utf8.count + 1 }
        guard total <= longestInAll else {
            throw Failure(
                .limit, Message("the command has \(total) bytes, and fleet sends no more than \(longestInAll)"),
                hint: Message("put it into a file: inputs: of a task, or --stdin of fleet exec"))
        }
    }
}
