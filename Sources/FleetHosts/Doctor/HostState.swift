import FleetBase

/// What a host said when it was examined: see `Scripts/examine.sh`.
struct HostState: Sendable {
    /// Seconds since 1970, as the host has them.
    let clock: Int64?
    let loginShell: String
    /// The start-up files that shells read for a single command.
    let startups: Set<String>
    /// The tools that it has not.
    let lacks: [String]
    /// Those that are used where they are found.
    let misses: [String]
    let hasTimedatectl: Bool
    /// fleet's folder, or the nearest one above it that is there.
    let folder: String
    let mountPoint: String
    let mountOptions: Set<Substring>
    let inodes: (free: Int64, all: Int64)?
    /// Why nothing can be written there; nil where it can.
    let writeProblem: String?
    /// Why no program runs there; nil where one does, and where none could be written.
    let runProblem: String?

    private static let longestTool = 40
    private static let times: ClosedRange<Int64> = 0...1 << 40

    /// - Throws: lost, for what the script would not say.
    init(_ answer: HostAnswer) throws(Failure) {
        func text(_ key: String) -> String { answer.all(key).first?.text(atMost: 300) ?? "" }
        func tools(_ key: String) -> [String] {
            answer.all(key).prefix(Self.longestTool).map { $0.text(atMost: Self.longestTool) }
        }
        clock = try answer.all("clock").first?.number(in: Self.times)
        loginShell = text("login_shell")
        startups = Set(answer.all("startup").prefix(Self.longestTool).map(\.value))
        (lacks, misses) = (tools("lacks"), tools("misses"))
        hasTimedatectl = text("clock_tool") == "timedatectl"
        (folder, mountPoint) = (text("folder"), text("mount"))
        mountOptions = Set(text("mount_options").split { $0 == " " || $0 == "," })
        inodes = try Self.inodes(answer.all("inodes").first)
        writeProblem = Self.problem(text("writes"))
        runProblem = Self.problem(text("runs"))
    }

    private static func inodes(_ line: HostAnswerLine?) throws(Failure) -> (free: Int64, all: Int64)? {
        guard let line else { return nil }
        let words = try line.words(2)
        return (
            try line.number(words[0], in: HostAnswerLine.bytes), try line.number(words[1], in: HostAnswerLine.bytes)
        )
    }

    /// `yes`, or `no` and why.
    private static func problem(_ text: String) -> String? {
        guard text.hasPrefix("no") else { return nil }
        // The last part is the system's own words: `sh: 7: cannot create /x: Read-only file system`.
        return text.dropFirst(2).split(separator: ": ").last.map(String.init) ?? ""
    }
}
