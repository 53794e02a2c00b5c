import FleetBase

/// A script of POSIX sh that hosts run: a file in the sources, compiled in.
///
/// Sent as the argument of `sh -c`, so that standard input is free for data; values go in as words.
struct Script: Sendable {
    static let probe = Script(PackageResources.probe_sh)
    static let install = Script(PackageResources.install_sh)
    static let activate = Script(PackageResources.activate_sh)
    static let status = Script(PackageResources.status_sh)
    static let start = Script(PackageResources.start_sh, PackageResources.follow_sh)
    static let collect = Script(PackageResources.collect_sh)
    static let discard = Script(PackageResources.session_sh, PackageResources.discard_sh)
    static let cancel = Script(PackageResources.session_sh, PackageResources.cancel_sh)

    let text: String

    private init(_ parts: [UInt8]...) {
        let parts = [PackageResources.prelude_sh] + parts
        text = parts.map { Self.code(String(decoding: $0, as: UTF8.self)) }.joined()
    }

    /// The script without its comments and indentation: it travels with every command.
    private static func code(_ text: String) -> String {
        text.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { !$0.isEmpty && !$0.hasPrefix("#") }
            .map { $0 + "\n" }.joined()
    }

    /// The line for the login shell, whatever shell that is.
    func line(nonce: Nonce, _ arguments: [ShellWord]) -> String {
        "exec " + (["/bin/sh", "-c", ShellWord(text), "fleet", ShellWord(nonce.text)] + arguments).commandLine
    }
}
