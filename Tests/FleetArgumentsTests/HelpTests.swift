import FleetBase
import Testing

@testable import FleetArguments

@Suite struct HelpTests {
    init() { Catalogue.add { [Catalogue.arguments] } }

    @Test func showsACommandInEnglish() throws {
        #expect(
            try help("inventory", "check", "--help") == """
                ABSTRACT
                  see which hosts answer

                USAGE
                  tool inventory check [options]

                OPTIONS
                  -j, --json       print JSON
                  -q, --quiet      print less
                  --project DIR    the project's folder (else from TOOL_PROJECT)
                  -t, --timeout N  seconds to wait (default: 5)
                  --shape SHAPE    how to print (one of: table, json; default: table)
                  -h, --help       show this help

                HOSTS
                  --hosts HOSTS  hosts by name
                  --all          every host

                EXAMPLES
                  tool inventory check --all
                      asks every host, whichever group it is in

                SEE ALSO
                  tool exec

                """)
    }

    @Test func showsACommandInSpanish() throws {
        #expect(
            try help("run", "-h", in: .spanish, width: 60) == """
                RESUMEN
                  run a package

                USO
                  tool run [opciones] PAQUETE [ENGINE] [FILES ...]

                ARGUMENTOS
                  PAQUETE      the package
                  [ENGINE]     its engine
                  [FILES ...]  files

                OPCIONES
                  -j, --json         print JSON
                  -q, --quiet        print less
                  --project CARPETA  the project's folder (si no, de
                                     TOOL_PROJECT)
                  -h, --help         muestra esta ayuda

                """)
    }

    @Test func showsAGroup() throws {
        #expect(
            try help("inventory") == """
                ABSTRACT
                  the hosts

                USAGE
                  tool inventory SUBCOMMAND

                SUBCOMMANDS
                  check  see which hosts answer

                OPTIONS
                  -h, --help  show this help

                EXAMPLES
                  tool inventory check --all
                      asks every host, whichever group it is in

                """)
    }

    @Test func keepsALineOfAnExampleWhole() throws {
        let text = try #require(try help("inventory", "check", "-h", in: .spanish, width: 40))
        #expect(
            text.contains(
                """
                EJEMPLOS
                  tool inventory check --all
                      asks every host, whichever group
                      it is in

                """))
    }

    @Test func showsRequiredOptionsAndTheTerminatorInUsage() throws {
        #expect(try help("exec", "--help")?.contains("  tool exec [options] --user USER -- WORDS ...\n") == true)
    }

    @Test(arguments: [["help"], ["--help"], ["-h"], []])
    func showsTheRoot(_ words: [String]) throws {
        guard case .help(let page, of: nil) = try Parser(tool).parse(words) else {
            Issue.record("no help")
            return
        }
        #expect(page.text(in: .english, width: 80).contains("SUBCOMMANDS\n  inventory  the hosts\n"))
    }

    @Test func helpsWhileTheLineIsWrong() throws {
        #expect(try help("exec", "--bogus", "--help")?.hasPrefix("ABSTRACT") == true)
        #expect(try help("help", "inventory", "check")?.contains("tool inventory check") == true)
    }

    @Test func showsTheRangeOfAParameter() throws {
        guard case .help(var page, _) = try Parser(tool).parse(["run", "-h"]) else { return }
        page.add([DynamicOption(name: "n", help: "how many", defaultText: "2", notes: ["range"])], under: "PARAMETERS")
        #expect(page.text(in: .english, width: 80).contains("--n VALUE  how many (range; default: 2)"))
    }

    @Test func wrapsAtTheWidth() throws {
        let text = try #require(try help("inventory", "check", "-h", width: 44))
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 44 })
    }
}
