import FleetBase
import FleetConfig
import Testing

@testable import FleetCommands
@testable import FleetHosts
@testable import FleetService
@testable import FleetTerminal
@testable import FleetViews

/// What people see of the doctor and of the deep check.
@Suite struct DoctorScreenTests {
    init() { Catalogue.add(FleetProgram.words) }

    private static func host(_ name: String) throws -> FleetConfig.Host {
        let paths = PathBase(folder: "/project", home: "/home/ana")
        let text = "hosts:\n  \(name): { address: 192.0.2.7 }\n"
        return try #require(try Inventory(parsing: text, file: "hosts.yaml", paths: paths).hosts.first)
    }

    private static let away = [
        HostCheck(.name, Message("it is an IP address")),
        HostCheck(.port, Message("\("192.0.2.7") port \(22) is open, after \(31) ms")),
        HostCheck(.server, Message(verbatim: "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u7")),
        HostCheck(
            .hostKey, Message("\("ssh-ed25519") \("SHA256:uNiVztksCsDhcc0u9e8BrLFbvZ2FHl5gAGZkZeM6q1M"), as pinned")),
        HostCheck(.agent, is: .warning, Message("there is none: SSH_AUTH_SOCK is not set")),
        HostCheck(.key, of: "/home/ana/.ssh/id_ed25519", is: .failed, Message("the server refuses it")),
        HostCheck(
            .login, is: .failed,
            Message("\("192.0.2.7") takes none of the keys for the user \("ana"): \("/home/ana/.ssh/id_ed25519")"),
            mend: "ssh-copy-id -i /home/ana/.ssh/id_ed25519.pub ana@192.0.2.7"),
        .skipped(.sessions), .skipped(.shell), .skipped(.tools),
    ]

    private static let quiet =
        "fleet exec --hosts vps 'sed -i '\\''1i case $- in *i*) ;; *) return ;; esac'\\'' ~/.bashrc'"

    private static let odd = [
        HostCheck(.shell, Message("\("/bin/bash"), for \("ana")")),
        HostCheck(
            .greeting, is: .warning,
            Message("its login shell prints something before each command: \("have a nice day")"), mend: quiet),
        HostCheck(
            .shellStart, is: .warning,
            Message("each command waits \(0.31) s there before it begins; look at the shell's start-up files"),
            mend: quiet),
        HostCheck(
            .engine, of: "podman", is: .warning, Message("it starts no container: \("newuidmap: not found")"),
            advice: Message("fleet takes another way there; what the engine says is the place to begin")),
    ]

    @Test(arguments: KeptScreen.sizes, Language.allCases) func doctor(size: (Int, Int), language: Language) throws {
        let good = [HostCheck(.name, Message("it is an IP address"))]
        let few = [("pc-leo", Self.away), ("vps", Self.odd)]
        for (name, list) in [("few", few), ("many", few + [("a", good), ("b", good), ("c", good)])] {
            let view = DoctorView(try list.map { DoctorOperation.Examined(host: try Self.host($0.0), checks: $0.1) })
            let lines = DoctorReport(view).lines(in: language, width: size.0).map(\.plain)
            try KeptScreen.expect(lines, are: "doctor-\(name).\(size.0)x\(size.1).\(language.rawValue)")
        }
    }

    @Test(arguments: KeptScreen.sizes, Language.allCases) func deepCheck(size: (Int, Int), language: Language) throws {
        let trial = HostTrial(
            login: .milliseconds(141), up: 11_400_000, down: 52_000_000,
            methods: [
                MethodStart(method: .podman, problem: "newuidmap: not found"),
                MethodStart(method: .python, problem: nil),
                MethodStart(method: .native, problem: nil),
            ])
        let view = DeepCheckView([
            HostOutcome(host: try HostName("pc-leo"), result: .success(trial)),
            HostOutcome(host: try HostName("vps"), result: .failure(Failure(.refused, Message(verbatim: "off")))),
        ])
        let lines = DeepCheckReport(view).table(in: language).lines(in: language, width: size.0).map(\.plain)
        try KeptScreen.expect(lines, are: "deep-check.\(size.0)x\(size.1).\(language.rawValue)")
    }
}
