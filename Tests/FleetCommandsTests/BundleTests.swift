import FleetTesting
import Foundation
import Testing

/// Archives that are carried to a host by hand.
@Suite struct BundleTests {
    private let fleet: FleetBinary

    init() throws {
        fleet = try FleetBinary.inProject()
        let root = fleet.folder.path + "/host"
        try fleet.folder.write(
            "hosts:\n  far: { address: localhost, transport: local, root: \(root) }\n", to: "inventory/hosts.yaml")
        try fleet.folder.write(
            """
            name: demo
            version: 1.0.0
            engines:
              sh: { methods: [native], run: cat text }
            """, to: "packages/demo/package.yaml")
        try fleet.folder.write("carried", to: "packages/demo/text")
    }

    /// Unpacks the archive for `far` and runs what is in it.
    private func install(
        _ change: String = "true", language: String = "C", script: String = "install.sh"
    ) throws -> String {
        let result = try fleet.run("package", "demo", "--for", "far", "--json")
        let packages = try #require(try result.json()["packages"] as? [[String: Any]])
        let bundle = try #require((packages.first?["bundles"] as? [[String: Any]])?.first)
        let path = try #require(bundle["path"] as? String)
        let folder = fleet.folder.path + "/usb"
        return try Program.text([
            "sh", "-c",
            "mkdir '\(folder)' && cd '\(folder)' && tar -xzf '\(path)' && cd demo-* && \(change) && LC_ALL=\(language) sh \(script) 2>&1; echo status $?",
        ])
    }

    @Test func isInstalledAsAPushWouldDo() throws {
        let text = try install()
        #expect(text.contains("is installed and current") && text.contains("status 0"), "\(text)")
        let hosts = try #require(try fleet.run("push", "demo", "--all", "--json").json()["hosts"] as? [[String: Any]])
        #expect(hosts.first?["state"] as? String == "unchanged")
        #expect(try fleet.run("inventory", "check", "--json").output.contains("\"current\":true"))
    }

    @Test func isInstalledFromAnyFolder() throws {
        let text = try install("cd /", script: "\"$OLDPWD\"/install.sh")
        #expect(text.contains("is installed and current") && text.contains("status 0"), "\(text)")
    }

    @Test(arguments: [("--help", 0), ("-h", 0), ("--force", 2)])
    func tellsHowItIsUsed(word: String, status: Int) throws {
        let text = try install(script: "install.sh \(word)")
        #expect(text.contains("sh install.sh [ROOT]: ") && text.hasSuffix("status \(status)\n"), "\(text)")
        #expect(!FileManager.default.fileExists(atPath: fleet.folder.path + "/host"))
    }

    @Test func saysHowToGoOnThere() throws {
        let result = try fleet.run("package", "demo", "--for", "far")
        let words = #/tar -xzf FILE, then: sh demo-1\.0\.0-[0-9a-f]{12}/install\.sh/#
        #expect(result.error.contains(words), "\(result.error)")
    }

    @Test func speaksSpanish() throws {
        #expect(try install(language: "es_ES.UTF-8").contains("está instalado y vigente"))
    }

    /// The install of a person hangs and is taken over from: their shell goes on.
    @Test func sparesTheShellOfWhoInstallsByHand() async throws {
        let result = try fleet.run("package", "demo", "--for", "far", "--json")
        let packages = try #require(try result.json()["packages"] as? [[String: Any]])
        let bundle = try #require((packages.first?["bundles"] as? [[String: Any]])?.first)
        let (path, folder) = (try #require(bundle["path"] as? String), fleet.folder.path)
        try fleet.folder.write("#!/bin/sh\n: >'\(folder)/hangs'\nexec tail -f /dev/null\n", to: "bin/gzip")
        try fleet.folder.write(
            """
            mkdir '\(folder)/usb' && cd '\(folder)/usb' && tar -xzf '\(path)' && cd demo-* || exit 1
            chmod +x '\(folder)/bin/gzip'
            PATH='\(folder)/bin':$PATH sh install.sh >/dev/null 2>&1
            echo "status $?" >'\(folder)/after'
            """, to: "person.sh")
        let person = Process()
        person.executableURL = URL(fileURLWithPath: try Program.path("setsid"))
        person.arguments = ["--wait", "sh", "\(folder)/person.sh"]
        try person.run()
        #expect(await eventually { FileManager.default.fileExists(atPath: folder + "/hangs") })
        let home = "\(folder)/host/packages/demo"
        try Program.run([
            "find", "\(folder)/host/incoming", home + "/.lock", home + "/.lock.info", "-exec", "touch", "-h", "-d",
            "1 hour ago", "{}", "+",
        ])
        let pushed = try fleet.run("push", "demo", "--all")
        #expect(pushed.status == 0, "\(pushed.error)")
        person.waitUntilExit()
        #expect(try fleet.folder.read("after").hasPrefix("status "))
    }

    @Test func noticesDamage() throws {
        let text = try install("printf x >>payload.tar.gz")
        #expect(text.contains("payload.tar.gz is damaged") && text.contains("status 1"), "\(text)")
    }
}
