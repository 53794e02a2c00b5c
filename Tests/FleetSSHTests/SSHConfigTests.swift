import FleetBase
import FleetTesting
import Foundation
import Testing

@testable import FleetSSH

/// ssh_config(5) as fleet reads it.
@Suite struct SSHConfigTests {
    private let home: TemporaryFolder

    private let me = Environment.user(in: [:])

    init() throws { home = try TemporaryFolder() }

    private func endpoint(
        _ text: String, for alias: String = "pc", environment: [String: String] = [:]
    ) throws -> SSHEndpoint {
        var config = SSHConfig(home: home.path)
        config.read(text, file: "config")
        return config.endpoint(for: Destination(host: try HostName("pc"), address: alias), environment: environment)
    }

    // MARK: Blocks

    @Test func theFirstValueWins() throws {
        #expect(try endpoint("User a\nHost pc\n User b\n").user == "a")
    }

    @Test func laterBlocksFillInWhatIsOpen() throws {
        let found = try endpoint("Host pc\n User a\nHost *\n User b\n Port 2200\n")
        #expect(found.user == "a" && found.port.number == 2200)
    }

    @Test(arguments: [
        ("pc", true), ("PC", false), ("x pc", true), ("p?", true), ("*", true), ("!pc *", false), ("* !pc", false),
        ("* !other", true), ("!other", false), ("pcs", false), ("\"pc\"", true), ("pc # a comment", true),
    ])
    func matchesHosts(patterns: String, isMatch: Bool) throws {
        #expect(try endpoint("Host \(patterns)\n User a\n").user == (isMatch ? "a" : me))
    }

    @Test func matchAllHolds() throws {
        let found = try endpoint("Host other\nMatch all\n User a\n")
        #expect(found.user == "a" && found.warnings.isEmpty)
    }

    @Test func aMatchIsLeftToSSH() throws {
        let found = try endpoint("Match host pc\n User a\nHost *\n User b\n")
        #expect(found.refusal?.message == Message("\("config:1"): \(Message("Match needs ssh itself"))"))
    }

    @Test func namesThatDifferInCaseAreTwoHosts() throws {
        let text = "Host DB\n User a\nHost db\n User b\n"
        #expect(try endpoint(text, for: "DB").user == "a" && endpoint(text, for: "db").user == "b")
    }

    // MARK: What is in doubt

    /// Without ssh to ask, the host is refused with the line: it is never reached in another way than ssh would reach it.
    @Test(arguments: [
        "\u{FEFF}Host pc\n User a\n", "Hosts z\n User a\n", "Port 2391x\n", "User\n", "User a b\n",
        "HostName \"a\n", "HostName 'a\n", "IdentitiesOnly maybe\n", "User \"\"\n", "Port 0\n", "\"User\" a\n",
        "Host other\n Prot 22\n", "ConnectTimeout soon\n", "ProxyJump a b\n", "ProxyJump \"a\"\n", "HostName %n\n",
        "User %u\n", "Ciphers none\n", "Us\u{E9}r a\n", "CanonicalizeHostname maybe\n",
    ])
    func refusesWhatItDoesNotUnderstand(text: String) throws {
        let found = try endpoint("Host pc\n Port 2200\n" + text)
        #expect(
            found.refusal?.kind == .unreachable && found.refusal?.message.text(in: .english).contains("config:") == true
        )
    }

    @Test func aFileThatOthersMayWriteIsRefused() throws {
        try home.write("User a\n", to: ".ssh/more")
        try Program.run(["chmod", "666", home.path + "/.ssh/more"])
        #expect(try endpoint("Include more\n").refusal != nil)
    }

    @Test func filesThatIncludeEachOtherEnd() throws {
        try home.write("Include two\nInclude two\nInclude two\n", to: ".ssh/one")
        try home.write("Include one\nInclude one\nInclude one\n", to: ".ssh/two")
        #expect(try endpoint("Include one\n").refusal != nil)
    }

    @Test(arguments: [
        "ProxyCommand nc %h %p", "PubkeyAuthentication no", "BindAddress 127.0.0.9", "AddressFamily inet6",
        "RevokedHostKeys /r",
    ])
    func refusesWhatItCannotDo(line: String) throws {
        #expect(try endpoint("Host pc\n \(line)\n").refusal?.message.text(in: .english).hasPrefix("config:2: ") == true)
        #expect(try endpoint("Host other\n \(line)\n").refusal == nil)
    }

    @Test(arguments: [
        "ProxyCommand none", "ProxyCommand None", "PubkeyAuthentication yes", "AddressFamily any",
        "RevokedHostKeys none", "ProxyJump j\nProxyCommand nc %h %p",
    ])
    func whatChangesNothingIsNotRefused(text: String) throws {
        #expect(try endpoint(text + "\n").refusal == nil)
    }

    /// As after su, or where HOME names nothing: what is somebody else's is not read.
    @Test func aHomeOfOthersIsNotRead() throws {
        let database = Environment.home(in: [:])
        #expect(SSHConfig.forUser(home: home.path).home == home.path)
        #expect(SSHConfig.forUser(home: home.path + "/missing").home == database)
        // Only root can give a folder away; anybody else has root's.
        let other = getuid() == 0 ? home.path : "/root"
        if getuid() == 0 { try Program.run(["chown", "4242", other]) }
        #expect(SSHConfig.forUser(home: other).home == database)
    }

    /// ssh judges what is in doubt here, with its own words where it refuses.
    @Test func asksSSH() throws {
        try home.write("Host pc\n User a\n HostName %h.lan\nMatch originalhost pc\n Port 2222\n", to: ".ssh/config")
        let destination = Destination(host: try HostName("pc"), address: "pc")
        let config = SSHConfig.forUser(home: home.path)
        let found = config.endpoint(for: destination, environment: [:])
        #expect(found.refusal == nil && found.user == "a" && found.address == "pc.lan" && found.port.number == 2222)
        #expect(!found.namesIdentities)
        try home.write("Hosts z\n User b\nHost pc\n User a\n", to: ".ssh/config")
        let refused = SSHConfig.forUser(home: home.path).endpoint(for: destination, environment: [:]).refusal
        #expect(refused?.message.text(in: .english).hasSuffix("line 1: Bad configuration option: hosts") == true)
    }

    /// Files of random lines, good and bad ones: whatever is understood without ssh is what `ssh -G` says.
    @Test func understandsAsSSHDoes() throws {
        let count = ProcessInfo.processInfo.environment["FLEET_GENERATED"].flatMap { Int($0) } ?? 200
        var random = SplitMix64(seed: 16)
        var understood = 0
        for _ in 0..<count {
            let text = Self.generated(&random)
            let path = try home.write(text, to: "generated")
            try Program.run(["chmod", "600", path])
            var config = SSHConfig(home: home.path)
            config.read(text, file: path)
            guard config.doubt(about: "pc") == nil else { continue }
            understood += 1
            let answer = SSHClient(configuration: path).ask(.init(address: "pc", user: nil, port: nil))
            guard case .settings(let lines) = answer else {
                Issue.record("ssh refuses what is understood: \(answer)\n\(text)")
                continue
            }
            let theirs = SSHConfig.Settings(lines, about: "pc", home: home.path)
            let ours = SSHConfig.Settings(config.directives(for: "pc"), home: home.path)
            let host = Destination(host: try HostName("pc"), address: "pc")
            let (mine, its) = (
                config.endpoint(for: host, ours, [:], refusal: nil),
                config.endpoint(for: host, theirs, [:], refusal: nil)
            )
            #expect(
                mine.address.lowercased() == its.address && mine.port == its.port && mine.user == its.user
                    && mine.keyName == its.keyName && mine.identityFiles == its.identityFiles
                    && mine.identitiesOnly == its.identitiesOnly && mine.jumps == its.jumps
                    && mine.connectTimeout == its.connectTimeout, "\(text)\n\(mine)\n\(its)")
        }
        #expect(understood > count / 10)
    }

    private static func generated(_ random: inout SplitMix64) -> String {
        let lines = [
            "Host pc", "Host *", "Host other", "Host p?", "Host !pc *", "Host PC", "Host \"pc\" x", "Host pc # c",
            "HostName a.lan", "HostName = %h.lan", "HostName 'b'", "hostname\tc", "User ana", "User \"eva\"",
            "User=ben",
            "Port 2200", "Port = 22", "Port 2391", "IdentityFile ~/.ssh/my\\ key", "IdentityFile /k/a",
            "IdentityFile none",
            "IdentityFile \"/k/b c\"", "IdentityFile /k/'d'\"e\"", "IdentitiesOnly yes", "IdentitiesOnly TRUE",
            "ConnectTimeout 7", "ConnectTimeout 0", "ConnectTimeout 2m", "ProxyJump j", "ProxyJump u@j:22,k",
            "ProxyJump none",
            "ProxyCommand none", "ProxyCommand nc %h %p # x", "HostKeyAlias store", "Compression yes", "LogLevel ERROR",
            "ServerAliveInterval 30", "ControlMaster auto", "ControlPersist 10m", "ForwardX11 no",
            "LocalForward 80 a:80",
            "# a comment", "", "  # another", "\tUser zoe\r", "Match all",
        ]
        let bad = [
            "Hosts z", "Port 2391x", "User", "User a b", "HostName \"a", "\u{FEFF}Host pc", "IdentitiesOnly maybe",
            "Port 0",
            "Match host pc", "LocalForward a b", "Port \"\"", "\u{A0}User a", "User\u{301} a", "Host", "ProxyJump a@",
            "=User a",
        ]
        return (0..<Int.random(in: 1...8, using: &random)).map { _ in
            Int.random(in: 0..<20, using: &random) == 0
                ? bad.randomElement(using: &random)! : lines.randomElement(using: &random)!
        }.joined(separator: "\n") + "\n"
    }

    // MARK: Lines

    @Test(arguments: [
        "User a", "user a", "  USER\ta  ", "User=a", "User = a", "User =a", "User \"a\"", "User=\"a\"", "\tUser a # me",
        "User a\r",
    ])
    func readsOneLine(line: String) throws {
        #expect(try endpoint("# first\n\n\(line)\nPort 2200\n").user == "a")
    }

    @Test func readsLineEndsOfWindows() throws {
        let found = try endpoint("Host pc\r\n  User a\r\n  Port 2200\r\n")
        #expect(found.user == "a" && found.port.number == 2200)
    }

    @Test func keepsSpacesInQuotes() throws {
        #expect(try endpoint("IdentityFile \"/a folder/key\"\n").identityFiles == ["/a folder/key"])
    }

    // MARK: Include

    @Test func includesRelativeToTheFolderOfSSH() throws {
        try home.write("Host pc\n User a\n", to: ".ssh/more")
        #expect(try endpoint("Include more\n").user == "a")
    }

    @Test func includesByPatternInOrder() throws {
        try home.write("User b\n", to: ".ssh/conf.d/2")
        try home.write("User a\n", to: ".ssh/conf.d/1")
        #expect(try endpoint("Include ~/.ssh/conf.d/*\n").user == "a")
    }

    @Test func whatIsIncludedInABlockHoldsForItOnly() throws {
        try home.write("User a\nHost *\n Port 2200\n", to: ".ssh/more")
        let found = try endpoint("Host other\n Include more\n")
        #expect(found.user == me && found.port == .ssh)
    }

    @Test func aBlockGoesOnAfterItsInclude() throws {
        try home.write("Host other\n User a\n", to: ".ssh/more")
        #expect(try endpoint("Host pc\n Include more\n User b\n").user == "b")
    }

    @Test func anIncludeOfItselfIsRefused() throws {
        try home.write("Include self\nUser a\n", to: ".ssh/self")
        #expect(try endpoint("Include self\n").refusal != nil)
    }

    @Test func namesTheIncludedFile() throws {
        let path = try home.write("\nSetEnv A=1\nCertificateFile /c\n", to: ".ssh/more")
        #expect(
            try endpoint("Include more\n").warnings
                == [("setenv", 2), ("certificatefile", 3)].map { keyword, line in
                    Message("\("\(path):\(line)"): \(keyword) is not supported and was passed over")
                })
    }

    // MARK: Values

    @Test func replacesTokens() throws {
        let text = "Host pc\n HostName %h.lan\n User u\n Port 2200\n IdentityFile ~/k-%n-%h-%r-%u-%p-%%-%d\n"
        let found = try endpoint(text)
        #expect(found.address == "pc.lan")
        #expect(found.identityFiles == ["\(home.path)/k-pc-pc.lan-u-\(me)-2200-%-\(home.path)"])
    }

    @Test func replacesVariables() throws {
        let found = try endpoint(
            "IdentityFile ${KEYS}/id\nIdentityAgent ${RUN}/agent\n", environment: ["KEYS": "/k", "RUN": "/run/me"])
        #expect(found.identityFiles == ["/k/id"] && found.agentSocket == "/run/me/agent")
    }

    @Test func identityFilesCollect() throws {
        #expect(try endpoint("IdentityFile /a\nHost pc\n IdentityFile /b\n").identityFiles == ["/a", "/b"])
    }

    @Test func withoutIdentityFilesTheUsualOnesAreTried() throws {
        #expect(
            try endpoint("").identityFiles == ["id_ed25519", "id_ecdsa", "id_rsa"].map { "\(home.path)/.ssh/\($0)" })
    }

    @Test func identitiesOnly() throws {
        #expect(try endpoint("IdentitiesOnly Yes\n").identitiesOnly)
        #expect(try !endpoint("").identitiesOnly)
    }

    @Test(
        arguments: [
            ("", "/env/agent"), ("IdentityAgent none", nil), ("IdentityAgent SSH_AUTH_SOCK", "/env/agent"),
            ("IdentityAgent $OTHER", "/other"), ("IdentityAgent $MISSING", nil), ("IdentityAgent /a/b", "/a/b"),
            ("IdentityAgent \"/a b\"", "/a b"),
        ] as [(String, String?)])
    func choosesTheAgent(line: String, socket: String?) throws {
        let environment = ["SSH_AUTH_SOCK": "/env/agent", "OTHER": "/other"]
        #expect(try endpoint(line, environment: environment).agentSocket == socket)
    }

    @Test func readsKnownHostsFiles() throws {
        let found = try endpoint("UserKnownHostsFile ~/a /b\nGlobalKnownHostsFile none\n")
        #expect(found.knownHostsFiles == ["\(home.path)/a", "/b"])
    }

    @Test func readsTimeouts() throws {
        #expect(try endpoint("ConnectTimeout 7\n").connectTimeout == .seconds(7))
    }

    @Test func aKeyAliasStandsForNameAndPort() throws {
        #expect(try endpoint("HostKeyAlias Store\nPort 2222\n").lookupName == "store")
    }

    @Test func withoutAliasThePortIsPartOfTheName() throws {
        #expect(try endpoint("HostName PC.lan\nPort 2222\n").lookupName == "[pc.lan]:2222")
    }

    // MARK: Jumps

    @Test(arguments: [
        ("none", []), ("a", ["a"]), ("u@a:2200", ["u@a:2200"]), ("a,u@b:2200", ["a", "u@b:2200"]),
        ("u@[2001:db8::1]:2200", ["u@2001:db8::1:2200"]), ("[2001:db8::1]", ["2001:db8::1"]),
        ("ssh://u@a:22", ["u@a:22"]),
    ])
    func readsJumps(value: String, hops: [String]) throws {
        let found = try endpoint("ProxyJump \(value)\n").jumps.map { jump in
            (jump.user.map { $0 + "@" } ?? "") + jump.address + (jump.port.map { ":\($0)" } ?? "")
        }
        #expect(found == hops)
    }

    // MARK: Warnings

    @Test(arguments: [("CertificateFile /c", "certificatefile"), ("ForwardAgent yes", "forwardagent")])
    func warnsOfWhatItPassesOver(line: String, keyword: String) throws {
        #expect(
            try endpoint("Host pc\n \(line)\n").warnings
                == [Message("\("config:2"): \(keyword) is not supported and was passed over")])
    }

    @Test(arguments: ["no", "off", "accept-new"])
    func warnsOfWeakChecking(value: String) throws {
        #expect(
            try endpoint("StrictHostKeyChecking \(value)\n").warnings
                == [Message("\("config:1"): StrictHostKeyChecking stays on: fleet always checks host keys")])
    }

    @Test(arguments: ["yes", "ask"])
    func strictCheckingIsNoNews(value: String) throws {
        #expect(try endpoint("StrictHostKeyChecking \(value)\n").warnings.isEmpty)
    }

    @Test func doesNotWarnOfLinesForOtherHosts() throws {
        #expect(try endpoint("Host other\n CertificateFile /c\n").warnings.isEmpty)
    }

    // MARK: Precedence

    @Test func theInventoryWins() throws {
        var config = SSHConfig(home: home.path)
        config.read(
            "User a\nPort 1\nProxyJump j\nIdentityFile /c\nUserKnownHostsFile /kc\nGlobalKnownHostsFile none\n",
            file: "c")
        let host = try HostName("pc")
        let destination = Destination(
            host: host, address: "pc", user: "u", port: try Port("2"), identityFiles: ["/i"], knownHostsFiles: ["/ki"],
            jumps: [Destination(host: host, address: "k")])
        let found = config.endpoint(for: destination, environment: [:])
        #expect(found.user == "u" && found.port.number == 2 && found.jumps.map(\.address) == ["k"])
        #expect(found.identityFiles == ["/i", "/c"] && found.knownHostsFiles == ["/ki", "/kc"])
    }
}
