import FleetBase
import FleetTesting
import Testing

@testable import FleetSSH

/// ssh_config(5) as fleet reads it.
@Suite struct SSHConfigTests {
    private let home: TemporaryFolder

    init() throws { home = try TemporaryFolder() }

    private func endpoint(
        _ text: String, for alias: String = "pc", environment: [String: String] = ["USER": "me"]
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
        ("pc", true), ("PC", true), ("x pc", true), ("p?", true), ("*", true), ("!pc *", false), ("* !pc", false),
        ("* !other", true), ("!other", false), ("pcs", false), ("\"pc\"", true), ("pc # a comment", true),
    ])
    func matchesHosts(patterns: String, isMatch: Bool) throws {
        #expect(try endpoint("Host \(patterns)\n User a\n").user == (isMatch ? "a" : "me"))
    }

    @Test func matchAllHolds() throws {
        let found = try endpoint("Host other\nMatch all\n User a\n")
        #expect(found.user == "a" && found.warnings.isEmpty)
    }

    @Test func matchOfOtherKindsIsPassedOverWithAWarning() throws {
        let found = try endpoint("Match host pc\n User a\nHost *\n User b\n")
        #expect(found.user == "b")
        #expect(
            found.warnings == [Message("\("config:1"): Match is not supported and was passed over; only Match all is")])
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
        #expect(found.user == "me" && found.port == .ssh)
    }

    @Test func aBlockGoesOnAfterItsInclude() throws {
        try home.write("Host other\n User a\n", to: ".ssh/more")
        #expect(try endpoint("Host pc\n Include more\n User b\n").user == "b")
    }

    @Test func anIncludeOfItselfEnds() throws {
        try home.write("Include self\nUser a\n", to: ".ssh/self")
        #expect(try endpoint("Include self\n").user == "a")
    }

    @Test func namesTheIncludedFileInWarnings() throws {
        let path = try home.write("\nProxyCommand nc %h %p\n", to: ".ssh/more")
        #expect(
            try endpoint("Include more\n").warnings
                == [Message("\("\(path):2"): ProxyCommand is not supported; use ProxyJump")])
    }

    // MARK: Values

    @Test func replacesTokens() throws {
        let text = "Host pc\n HostName %h.lan\n User u\n Port 2200\n IdentityFile ~/k-%n-%h-%r-%u-%p-%%-%d\n"
        let found = try endpoint(text)
        #expect(found.address == "pc.lan")
        #expect(found.identityFiles == ["\(home.path)/k-pc-pc.lan-u-me-2200-%-\(home.path)"])
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

    @Test func warnsOfProxyCommand() throws {
        #expect(
            try endpoint("Host pc\n ProxyCommand nc %h %p\n").warnings
                == [Message("\("config:2"): ProxyCommand is not supported; use ProxyJump")])
    }

    @Test func proxyCommandNoneIsNoNews() throws {
        #expect(try endpoint("ProxyCommand none\n").warnings.isEmpty)
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
        #expect(try endpoint("Host other\n ProxyCommand nc\n").warnings.isEmpty)
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
