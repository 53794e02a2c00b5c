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
            return paths.map { SSHConfig.expand(tokens.replaced(in: $0), home: home) }
                .filter { $0 != "none" || keyword == "identityagent" }
        }

        /// Lines that change what ssh would do and that fleet does not understand.
        var warnings: [Message] {
            directives.compactMap { directive in
                let place = directive.place
                switch directive.keyword {
                case "match" where directive.arguments.map({ $0.lowercased() }) != ["all"]:
                    return Message("\(place): Match is not supported and was passed over; only Match all is")
                case "proxycommand" where directive.arguments != ["none"]:
                    return Message("\(place): ProxyCommand is not supported; use ProxyJump")
                case "stricthostkeychecking" where ["no", "off", "accept-new"].contains(directive.arguments.first):
                    return Message("\(place): StrictHostKeyChecking stays on: fleet always checks host keys")
                case "pkcs11provider", "certificatefile", "canonicalizehostname":
                    let keyword = directive.keyword
                    return Message("\(place): \(keyword) is not supported and was passed over")
                default: return nil
                }
            }
        }
    }
}
