import FleetBase
import FoundationEssentials
import Glibc

/// `~/.ssh/config` and the system's, as ssh_config(5) describes them: the first value obtained for a keyword wins.
///
/// A line that fleet does not plainly understand is a doubt. fleet asks ssh itself about every host that the line may
/// concern, and refuses those hosts where it can't ask. So no host is reached as somebody else, or somewhere else, because
/// fleet read a line in another way than ssh does.
package struct SSHConfig: Sendable {
    /// One line with what its `Host` lines demand: all of the lists of patterns must match.
    struct Directive: Sendable {
        let keyword: String
        let arguments: [String]
        let conditions: [[Substring]]
        let place: String
    }

    /// A line that only ssh can judge.
    struct Doubt: Sendable, Hashable {
        let place: String
        let reason: Message
        /// As those of a directive; none where the line concerns all hosts.
        let conditions: [[Substring]]
    }

    private static let deepestInclude = 16

    private(set) var directives: [Directive] = []
    private(set) var doubts: [Doubt] = []
    /// Files that include each other would not end otherwise.
    private var isTooDeep = false
    let home: String
    let client: SSHClient?

    /// - Parameters:
    ///   - home: stands for `~` and is where relative names of `Include` begin, in `.ssh`.
    ///   - client: who is asked about what is in doubt.
    package init(home: String, client: SSHClient? = nil) {
        self.home = home
        self.client = client
    }

    /// The user's file first, then the system's.
    ///
    /// ssh takes the home folder of the user database. Another one counts here where it is the user's own, so that a
    /// project can have its own settings; not after su, where it is somebody else's.
    package static func forUser(home given: String) -> SSHConfig {
        let own = Environment.home(in: [:])
        var status = stat()
        let isOurs = stat(given, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR && status.st_uid == getuid()
        let home = isOurs ? given : own
        let isOwn = home == own
        let user = home + "/.ssh/config"
        var config = SSHConfig(home: home, client: SSHClient(configuration: isOwn ? nil : user))
        config.readFile(user, folder: home + "/.ssh", conditions: [], depth: 0)
        config.readFile("/etc/ssh/ssh_config", folder: "/etc/ssh", conditions: [], depth: 0)
        return config
    }

    /// A file that is not there is empty, as for ssh itself.
    mutating func readFile(_ path: String, folder: String, conditions: [[Substring]], depth: Int) {
        var status = stat()
        guard stat(path, &status) == 0 else { return }
        guard depth <= Self.deepestInclude else {
            isTooDeep = true
            return doubt(path, Message("too many files include each other"))
        }
        let isOthers = status.st_uid != 0 && status.st_uid != getuid()
        if folder != "/etc/ssh" || depth > 0, isOthers || status.st_mode & 0o022 != 0 {
            doubt(path, Message("others may write this file"))
        }
        guard status.st_mode & S_IFMT == S_IFREG, let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
            return doubt(path, Message("this file can't be read"))
        }
        read(SSHConfigFile(bytes: Array(data)), file: path, folder: folder, conditions: conditions, depth: depth)
    }

    package mutating func read(_ text: String, file: String) {
        read(SSHConfigFile(text), file: file, folder: home + "/.ssh", conditions: [], depth: 0)
    }

    private mutating func read(
        _ file: SSHConfigFile, file name: String, folder: String, conditions: [[Substring]], depth: Int
    ) {
        for fault in file.faults { doubt("\(name):\(fault.line)", fault.reason.message) }
        for line in file.directives {
            let (keyword, place) = (line.keyword, "\(name):\(line.line)")
            let inner = conditions + [line.block.patterns]
            let reason = SSHKeyword.objection(to: keyword)
            switch SSHKeyword.judge(line) {
            case .good: break
            case .unknown:
                doubt(place, reason)
                continue
            case .needsSSH:
                // The block of a Match is nobody's here: the doubt is about all whom the lines before it are for.
                let isMatch = keyword == "match"
                doubt(place, isMatch ? Message("Match needs ssh itself") : reason, isMatch ? conditions : inner)
            }
            switch keyword {
            case "host", "match": continue
            case "include":
                for pattern in line.arguments {
                    include(pattern, at: place, folder: folder, conditions: inner, depth: depth)
                }
            default:
                directives.append(
                    Directive(keyword: keyword, arguments: line.arguments, conditions: inner, place: place))
            }
        }
    }

    private mutating func doubt(_ place: String, _ reason: Message, _ conditions: [[Substring]] = []) {
        doubts.append(Doubt(place: place, reason: reason, conditions: conditions))
    }

    func directives(for alias: String) -> [Directive] {
        directives.filter { $0.conditions.allSatisfy { Glob.matches(alias, anyOf: $0) } }
    }

    func doubt(about alias: String) -> Doubt? {
        doubts.first { $0.conditions.allSatisfy { Glob.matches(alias, anyOf: $0) } }
    }

    /// The files of an `Include` pattern, by glob(7), in order.
    private mutating func include(
        _ pattern: String, at place: String, folder: String, conditions: [[Substring]], depth: Int
    ) {
        let path = Self.expand(pattern, home: home)
        guard !isTooDeep else { return }
        guard !pattern.contains(where: { "%$\\".contains($0) }), !path.hasPrefix("~") else {
            return doubt(place, SSHKeyword.objection(to: "include"))
        }
        var result = glob_t()
        defer { globfree(&result) }
        guard glob(path.hasPrefix("/") ? path : folder + "/" + path, 0, nil, &result) == 0 else { return }
        for file in (0..<Int(result.gl_pathc)).compactMap({ result.gl_pathv[$0].map { String(cString: $0) } }) {
            readFile(file, folder: folder, conditions: conditions, depth: depth + 1)
        }
    }

    static func expand(_ path: String, home: String) -> String {
        path == "~" || path.hasPrefix("~/") ? home + path.dropFirst() : path
    }
}
