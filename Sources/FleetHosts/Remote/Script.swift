import FleetBase

/// A script of POSIX sh that hosts run: a file in the sources, compiled in.
///
/// Sent as the argument of `sh -c`, so that standard input is free for data; values go in as words.
package struct Script: Sendable {
    static let probe = Script(PackageResources.load_sh, PackageResources.probe_sh)
    static let figures = Script(PackageResources.load_sh, PackageResources.figures_sh)
    static let needs = Script(PackageResources.needs_sh)
    static let authorize = Script(PackageResources.authorize_sh)
    static let examine = Script(PackageResources.examine_sh)
    static let engineStart = Script(PackageResources.engine_start_sh)
    static let methodTrial = Script(PackageResources.method_trial_sh)
    static let bytesIn = Script(PackageResources.bytes_in_sh)
    static let bytesOut = Script(PackageResources.bytes_out_sh)
    static let cancel = Script(
        PackageResources.lock_sh, PackageResources.job_process_sh, PackageResources.session_sh,
        PackageResources.container_sh, PackageResources.cancel_sh)

    package let text: String
    /// The text as a word of a command line: a queue sends it thousands of times.
    private let word: String

    package init(_ parts: [UInt8]...) {
        let parts = [PackageResources.prelude_sh] + parts
        text = parts.map { Self.code(String(decoding: $0, as: UTF8.self)) }.joined()
        word = ShellWord(text).rendered
    }

    /// The script without its comments and indentation: it travels with every command.
    private static func code(_ text: String) -> String {
        text.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { !$0.isEmpty && !$0.hasPrefix("#") }
            .map { $0 + "\n" }.joined()
    }

    /// A part that gives a variable another script, which one of these starts as a process of its own.
    package static func variable(_ name: String, holding script: [UInt8]) -> [UInt8] {
        Array("\(name)=\(ShellWord(code(String(decoding: script, as: UTF8.self))).rendered)\n".utf8)
    }

    /// The line for the login shell: any of sh's kin, or fish. csh gets it on standard input (``RemoteLine``).
    func line(nonce: Nonce, _ arguments: [ShellWord]) -> String {
        "exec /bin/sh -c \(word) " + (["fleet", ShellWord(nonce.text)] + arguments).commandLine
    }
}

extension Script {
    /// What scripts of several targets begin with.
    package enum Part {
        package static var owners: [UInt8] { PackageResources.owners_sh }
        package static var lock: [UInt8] { PackageResources.lock_sh }
        package static var session: [UInt8] { PackageResources.session_sh }
        package static var jobProcess: [UInt8] { PackageResources.job_process_sh }
        package static var container: [UInt8] { PackageResources.container_sh }
    }
}
