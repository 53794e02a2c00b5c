import FleetBase

/// What the login shell gets for one command: a line, and for what is too long for one the beginning of its input.
struct RemoteLine: Sendable {
    /// execve(2): MAX_ARG_STRLEN, with the zero byte at the end.
    private static let longestWord = 131_071
    private static let longestInAll = 1 << 20

    /// The word by which a shell tells that it is csh or tcsh: no other shell has the variable `shell`.
    static let cshMark = "csh"

    /// What the far end takes as a line.
    struct Limits: Sendable {
        var longest = 30_000
        /// csh and tcsh have no quotes for a line break or an exclamation mark.
        var isCsh = false
    }

    let text: String
    /// Goes to the command's standard input before everything else.
    let prefix: [UInt8]

    /// A command of the user's, which the login shell hands to sh. It begins after its marks and ends before them, on both
    /// streams. `exec` reads the same in sh, csh and fish, though csh takes no word with a line break. The end is marked
    /// for status 0 alone, since SSH reads 0 also where no status arrived. The command is in a subshell, so that what the
    /// shell itself does for a word, such as `exit` and `exec`, does not end the shell that marks the end.
    ///
    /// - Parameters:
    ///   - limits: how long a line may be, and whether it may have more than one.
    ///   - hasShell: without a shell the far end gets the bare words.
    init(
        _ words: [ShellWord], in directory: String?, nonce: Nonce, within limits: Limits = Limits(),
        hasShell: Bool = true
    ) throws(Failure) {
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
        self.init("exec " + (["/bin/sh", "-c", ShellWord(script), "sh"] + arguments).commandLine, nonce, limits)
    }

    init(
        _ script: Script, _ arguments: [ShellWord], nonce: Nonce, within limits: Limits = Limits()
    ) throws(Failure) {
        try Self.check(arguments)
        self.init(script.line(nonce: nonce, arguments), nonce, limits)
    }

    private init(text: String, prefix: [UInt8]) { (self.text, self.prefix) = (text, prefix) }

    private init(_ line: String, _ nonce: Nonce, _ limits: Limits) {
        let isPlain = !line.utf8.contains { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "!") }
        // csh goes through a line at a time: it tells of itself before it comes to a word that it can't read.
        let text = isPlain ? line : "test \"$shell\" = \"\" || echo \"@fleet \(nonce.text) \(Self.cshMark)\"\n" + line
        guard text.utf8.count > limits.longest || (limits.isCsh && !isPlain) else {
            self.init(text: text, prefix: [])
            return
        }
        // The mark of its end is no line of the command, since the nonce is new. It ends in the nonce as every line does.
        // What was cut off before the mark is another command, and does not run.
        // Without a line break and an exclamation mark, so that csh reads it.
        let read =
            "text=; end=$(printf \"\\nx\"); end=${end%x}; while IFS= read -r line; do "
            + "[ \"$line\" = \"@fleet $0\" ] && eval \"$text exit\"; text=\"$text$line$end\"; done; exit 74"
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
