/// The keywords of ssh_config(5) whose values fleet reads without a doubt. ssh itself judges every other line, and every
/// value that is not plainly good: it refuses the whole file for a wrong one, even in a block for other hosts.
package enum SSHKeyword {
    package enum Verdict: Sendable {
        case good
        /// The line is good, but only ssh knows what it comes to for the hosts of its block: it has tokens, or ssh looks
        /// names up.
        case needsSSH
        case unknown
    }

    /// What to say of a line that only ssh can judge.
    package static func objection(to keyword: String) -> Message {
        Message("\(keyword) is not understood with this value")
    }

    package static func judge(_ line: SSHConfigFile.Directive) -> Verdict {
        guard understands(line) else { return .unknown }
        return switch line.keyword {
        case "hostname": line.value.replacing("%h", with: "").contains("%") ? .needsSSH : .good
        case "user", "hostkeyalias": line.value.contains { $0 == "%" || $0 == "$" } ? .needsSSH : .good
        case "canonicalizehostname": ["no", "false"].contains(line.value.lowercased()) ? .good : .needsSSH
        case "match": line.block.patterns.isEmpty ? .needsSSH : .good
        default: .good
        }
    }

    private enum Form {
        case word
        case words
        case names
        case assignments
        case number
        case time
        case timeOrFlag
        case port
        case choice(Set<String>)
        case forward(words: Int)
        /// The line's text as it is.
        case text
        case jumps
    }

    private static func understands(_ line: SSHConfigFile.Directive) -> Bool {
        guard let form = forms[line.keyword] else { return false }
        let words = line.arguments
        guard !words.isEmpty, !words.contains("") else { return false }
        let word = words.count == 1 ? words[0] : ""
        switch form {
        case .word: return words.count == 1
        case .words: return true
        case .names: return words.count == 1 || !words.contains { $0.lowercased() == "none" }
        case .assignments: return words.allSatisfy { $0.contains("=") && !$0.hasPrefix("=") }
        case .number: return isNumber(word)
        case .time: return isTime(word)
        case .timeOrFlag: return isTime(word) || flags.contains(word.lowercased())
        case .port: return isNumber(word) && (try? Port(word)) != nil
        case .choice(let values): return values.contains(word.lowercased())
        case .forward(let count):
            return words.count == count && isNumber(words[0]) && (try? Port(words[0])) != nil
                && words.dropFirst().allSatisfy(isTarget)
        case .text: return !line.rest.hasPrefix("=")
        // The rest of this line is read by ssh with its quotes and comments.
        case .jumps: return words.count == 1 && line.rest == word && isWay(word)
        }
    }

    private static func isNumber(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.count < 8 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func isTime(_ text: String) -> Bool {
        isNumber(text.last.map { "smhd".contains($0) } == true ? text.dropLast() : text[...])
    }

    private static func isName(_ text: some StringProtocol) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == UInt8(ascii: ".")
                    || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
            } && !text.hasPrefix("-")
    }

    private static func isTarget(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 && isName(parts[0]) && isNumber(parts[1]) && (try? Port(String(parts[1]))) != nil
    }

    /// `[user@]host[:port]` with or without `ssh://`, several by comma, in plain letters; an IPv6 address in brackets.
    private static func isWay(_ text: String) -> Bool {
        text.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { hop in
            let hop = hop.hasPrefix("ssh://") ? hop.dropFirst(6) : hop
            let parts = hop.split(separator: "@", omittingEmptySubsequences: false)
            guard parts.count == 1 || (parts.count == 2 && isName(parts[0])) else { return false }
            let place = parts[parts.count - 1]
            let host = place.prefix { $0 != (place.hasPrefix("[") ? "]" : ":") }
            let isAddress =
                host.first == "[" && host.count > 3
                && host.dropFirst().utf8.allSatisfy { byte in
                    byte == UInt8(ascii: ":") || (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
                }
            let rest = place.dropFirst(host.count + (host.first == "[" ? 1 : 0))
            guard isAddress ? place.contains("]") : isName(host) else { return false }
            return rest.isEmpty
                || (rest.first == ":" && isNumber(rest.dropFirst()) && (try? Port(String(rest.dropFirst()))) != nil)
        }
    }

    private static let flags: Set = ["yes", "no", "true", "false"]
    private static let flag = Form.choice(flags)
    private static let flagOrAsk = Form.choice(["yes", "no", "true", "false", "ask"])

    private static let forms: [String: Form] = {
        var forms: [String: Form] = [
            "host": .words, "match": .words, "include": .words, "hostname": .word, "user": .word, "port": .port,
            "hostkeyalias": .word, "identityfile": .word, "certificatefile": .word, "identityagent": .word,
            "bindaddress": .word, "bindinterface": .word, "pkcs11provider": .word, "securitykeyprovider": .word,
            "controlpath": .word, "xauthlocation": .word, "preferredauthentications": .word,
            "userknownhostsfile": .names, "globalknownhostsfile": .names, "revokedhostkeys": .word, "sendenv": .words,
            "setenv": .assignments,
            "connecttimeout": .time, "serveraliveinterval": .time, "connectionattempts": .number,
            "serveralivecountmax": .number, "numberofpasswordprompts": .number, "proxycommand": .text,
            "knownhostscommand": .text,
            "proxyjump": .jumps, "localforward": .forward(words: 2), "remoteforward": .forward(words: 2),
            "dynamicforward": .forward(words: 1),
            "stricthostkeychecking": .choice(["yes", "no", "true", "false", "ask", "off", "accept-new"]),
            "canonicalizehostname": .choice(["yes", "no", "true", "false", "always"]),
            "addressfamily": .choice(["any", "inet", "inet6"]), "requesttty": .choice(["yes", "no", "force", "auto"]),
            "controlmaster": .choice(["yes", "no", "true", "false", "auto", "ask", "autoask"]),
            "loglevel": .choice(["quiet", "fatal", "error", "info", "verbose", "debug", "debug1", "debug2", "debug3"]),
            "verifyhostkeydns": flagOrAsk, "updatehostkeys": flagOrAsk, "forwardagent": flag,
            "controlpersist": .timeOrFlag,
        ]
        for name in [
            "batchmode", "checkhostip", "compression", "clearallforwardings", "exitonforwardfailure", "forwardx11",
            "forwardx11trusted",
            "gatewayports", "gssapiauthentication", "gssapidelegatecredentials", "hashknownhosts",
            "hostbasedauthentication", "identitiesonly", "kbdinteractiveauthentication", "passwordauthentication",
            "permitlocalcommand", "pubkeyauthentication", "streamlocalbindunlink", "tcpkeepalive", "visualhostkey",
            "nohostauthenticationforlocalhost", "proxyusefdpass",
        ] { forms[name] = flag }
        return forms
    }()
}
