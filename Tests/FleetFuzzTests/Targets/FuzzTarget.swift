import FleetBase

/// A reader of texts and bytes that other people or hosts write, as libFuzzer and the replaying test feed it.
///
/// A target may refuse its input by an error; it must not trap, hang, or break a rule that it checks itself.
enum FuzzTarget: String, CaseIterable {
    case trailer, answers, streams, manifest, delta, tar, signature
    case hosts, package, tasks, ignore, cron, numbers
    case importer, signers, requests

    func run(_ bytes: [UInt8]) {
        switch self {
        case .trailer: AnswerTargets.trailer(bytes)
        case .answers: AnswerTargets.answers(bytes)
        case .streams: AnswerTargets.streams(bytes)
        case .manifest: ArchiveTargets.manifest(bytes)
        case .delta: ArchiveTargets.delta(bytes)
        case .tar: ArchiveTargets.tar(bytes)
        case .signature: ArchiveTargets.signature(bytes)
        case .hosts: FileTargets.hosts(bytes)
        case .package: FileTargets.package(bytes)
        case .tasks: FileTargets.tasks(bytes)
        case .ignore: FileTargets.ignore(bytes)
        case .cron: FileTargets.cron(bytes)
        case .numbers: FileTargets.numbers(bytes)
        case .importer: FileTargets.importer(bytes)
        case .signers: FileTargets.signers(bytes)
        case .requests: RequestTargets.requests(bytes)
        }
    }
}

/// Stops the fuzzer, which keeps the input.
func require(_ isRight: Bool, _ rule: @autoclosure () -> String) {
    guard isRight else { fatalError(rule()) }
}

/// As a reader of a file sees bytes that need not be UTF-8.
func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
