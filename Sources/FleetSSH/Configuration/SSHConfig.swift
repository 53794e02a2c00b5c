import FleetBase
import FoundationEssentials
import Glibc

/// `~/.ssh/config` and the system's, as ssh_config(5) describes them: the first value obtained for a keyword wins.
package struct SSHConfig: Sendable {
    /// One line with what its `Host` lines demand: all of the lists of patterns must match.
    struct Directive: Sendable {
        let keyword: String
        let arguments: [String]
        let conditions: [[Substring]]
        let place: String
    }

    static let deepestInclude = 16

    private(set) var directives: [Directive] = []
    let home: String

    /// - Parameter home: stands for `~` and is where relative names of `Include` begin, in `.ssh`.
    package init(home: String) { self.home = home }

    /// The user's file first, then the system's.
    package static func forUser(home: String) -> SSHConfig {
        var config = SSHConfig(home: home)
        config.readFile(home + "/.ssh/config", conditions: [], depth: 0)
        config.readFile("/etc/ssh/ssh_config", conditions: [], depth: 0)
        return config
    }

    /// A file that is not there is empty, as for ssh itself.
    mutating func readFile(_ path: String, conditions: [[Substring]], depth: Int) {
        guard depth <= Self.deepestInclude, let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else { return }
        read(String(decoding: data, as: UTF8.self), file: path, conditions: conditions, depth: depth)
    }

    package mutating func read(_ text: String, file: String, conditions: [[Substring]] = [], depth: Int = 0) {
        for line in SSHConfigFile(text).directives {
            let inner = conditions + [line.block.patterns]
            switch line.keyword {
            case "host": continue
            case "include":
                for path in line.arguments.flatMap(included) { readFile(path, conditions: inner, depth: depth + 1) }
            default:
                directives.append(
                    Directive(
                        keyword: line.keyword, arguments: line.arguments,
                        // A warning of a Match is for all whom the lines before it are for.
                        conditions: line.keyword == "match" ? conditions : inner, place: "\(file):\(line.line)"))
            }
        }
    }

    func directives(for alias: String) -> [Directive] {
        let name = alias.lowercased()
        return directives.filter { $0.conditions.allSatisfy { Glob.matches(name, anyOf: $0) } }
    }

    /// The files of an `Include` pattern, by glob(7), in order.
    private func included(_ pattern: String) -> [String] {
        let path = Self.expand(pattern, home: home)
        var result = glob_t()
        defer { globfree(&result) }
        guard glob(path.hasPrefix("/") ? path : home + "/.ssh/" + path, 0, nil, &result) == 0 else { return [] }
        return (0..<Int(result.gl_pathc)).compactMap { result.gl_pathv[$0].map { String(cString: $0) } }
    }

    static func expand(_ path: String, home: String) -> String {
        path == "~" || path.hasPrefix("~/") ? home + path.dropFirst() : path
    }
}
