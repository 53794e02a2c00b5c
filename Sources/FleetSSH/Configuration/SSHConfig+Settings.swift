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

        /// File names with `~` and the tokens of ssh_config(5), TOKENS, replaced.
        func paths(_ keyword: String, _ tokens: [String: String], default fallback: [String] = []) -> [String] {
            let lines = directives.filter { $0.keyword == keyword }
            let chosen = keyword == "identityfile" ? lines : Array(lines.prefix(1))
            let paths = lines.isEmpty ? fallback : chosen.flatMap(\.arguments)
            return paths.map { SSHConfig.expand(Self.replaceTokens(in: $0, tokens), home: home) }
                .filter { $0 != "none" || keyword == "identityagent" }
        }

        private static func replaceTokens(in path: String, _ tokens: [String: String]) -> String {
            var result = ""
            var rest = Substring(path)
            while let first = rest.first {
                let value = tokens[String(rest.prefix(2))]
                result += value ?? String(first)
                rest = rest.dropFirst(value == nil ? 1 : 2)
            }
            return result
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
