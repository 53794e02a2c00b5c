import FleetArguments
import FleetBase
import FleetService

/// How a host's key is approved.
struct PinOptions: ParsableArguments {
    @Flag(name: .short("y"), .long("yes"), help: Message("take the key that the host shows, without asking")) var yes
    @Option(
        name: .long("fingerprint"), valueName: "SHA256:…", help: Message("the key's fingerprint, known from elsewhere"))
    var fingerprint: String?

    func validate() throws(ArgumentError) {
        guard yes, fingerprint != nil else { return }
        throw ArgumentError(.invalid, Message("give either --yes or --fingerprint"))
    }

    var approval: KeyApproval { yes ? .trust : fingerprint.map(KeyApproval.fingerprint) ?? .ask }
}
