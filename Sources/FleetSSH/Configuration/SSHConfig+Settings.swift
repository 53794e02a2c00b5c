import FleetBase

extension SSHConfig {
    /// The directives that hold for one host: the first one of a keyword wins, `IdentityFile` collects.
    struct Settings {
        private let directives: [Directive]
        private let home: String

        init(_ directives: [Directive], home: String) {
            self.directives = directives
            self.home = home
        }

        /// What ssh itself says about the host `name`.
        init(_ answer: [(keyword: String, value: String)], about name: String, home: String) {
            let place = "ssh -G \(name)"
            let isUsual =
                answer.filter { $0.keyword == "identityfile" }.count >= 5
                && answer.allSatisfy { $0.keyword != "identityfile" || $0.value.hasPrefix("~/.ssh/id_") }
            let lists: Set = ["userknownhostsfile", "globalknownhostsfile"]
            directives = answer.compactMap { keyword, value in
                // ssh tells its defaults too, and these are nobody's words.
                if keyword == "identityfile" && isUsual || keyword == "connecttimeout" && value == "none" { return nil }
                let words = lists.contains(keyword) ? value.split(separator: " ").map(String.init) : [value]
                return Directive(keyword: keyword, arguments: words, conditions: [], place: place)
            }
            self.home = home
        }

        subscript(keyword: String) -> String? {
            directives.first { $0.keyword == keyword }?.arguments.joined(separator: " ")
        }

        /// What stands for `%x` and `${NAME}` in file names: ssh_config(5), TOKENS and ENVIRONMENT VARIABLES.
        struct Tokens {
            let letters: [Character: String]
            let variables: [String: String]

            func replaced(in path: String) -> String {
                var result = ""
                var rest = Substring(path)
                while let first = rest.first {
                    let (value, length) = self.value(at: rest) ?? (String(first), 1)
                    result += value
                    rest = rest.dropFirst(length)
                }
                return result
            }

            private func value(at text: Substring) -> (String, length: Int)? {
                if text.hasPrefix("${"), let end = text.firstIndex(of: "}") {
                    let name = text[..<end].dropFirst(2)
                    return (variables[String(name)] ?? "", name.count + 3)
                }
                guard text.first == "%", let value = text.dropFirst().first.flatMap({ letters[$0] }) else { return nil }
                return (value, 2)
            }
        }

        /// File names with `~` and their tokens replaced.
        func paths(_ keyword: String, _ tokens: Tokens, default fallback: [String] = []) -> [String] {
            let lines = directives.filter { $0.keyword == keyword }
            let chosen = keyword == "identityfile" ? lines : Array(lines.prefix(1))
            let paths = lines.isEmpty ? fallback : chosen.flatMap(\.arguments)
            return paths.filter { $0.lowercased() != "none" || keyword == "identityagent" }
                .map { tokens.replaced(in: SSHConfig.expand($0, home: home)) }
        }

        /// The first line that fleet can't follow, and without which the host would be reached on another way, from another
        /// address, with other keys or on other grounds of trust than ssh would.
        var objection: Directive? {
            Self.needed.lazy.compactMap { keyword in directives.first { $0.keyword == keyword } }.first { line in
                let value = line.arguments.first?.lowercased()
                return switch line.keyword {
                case "proxycommand": value != "none" && !comesAfterJump(line)
                case "pubkeyauthentication": ["no", "false"].contains(value)
                case "addressfamily": value != "any"
                default: value != "none"
                }
            }
        }

        private static let needed = [
            "proxycommand", "pubkeyauthentication", "addressfamily", "bindaddress", "bindinterface",
            "revokedhostkeys", "knownhostscommand",
        ]

        /// Of ProxyJump and ProxyCommand the first counts.
        private func comesAfterJump(_ line: Directive) -> Bool {
            directives.first { $0.keyword == "proxyjump" || $0.keyword == "proxycommand" }?.keyword == "proxyjump"
        }

        var proxyJump: String? {
            let first = directives.first { $0.keyword == "proxyjump" || $0.keyword == "proxycommand" }
            return first?.keyword == "proxyjump" ? first?.arguments.joined(separator: " ") : nil
        }

        /// Lines that change what ssh would do and that fleet does not follow, though it reaches the same host.
        var warnings: [Message] {
            directives.compactMap { directive in
                let place = directive.place
                let value = directive.arguments.first?.lowercased()
                switch directive.keyword {
                case "stricthostkeychecking" where ["no", "off", "false", "accept-new"].contains(value):
                    return Message("\(place): StrictHostKeyChecking stays on: fleet always checks host keys")
                case "forwardagent" where ["no", "false"].contains(value): return nil
                case "pkcs11provider" where value == "none": return nil
                case "certificatefile", "pkcs11provider", "forwardagent", "setenv":
                    let keyword = directive.keyword
                    return Message("\(place): \(keyword) is not supported and was passed over")
                default: return nil
                }
            }
        }
    }
}
