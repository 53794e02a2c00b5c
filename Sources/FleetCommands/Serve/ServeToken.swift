import FleetArguments
import FleetBase
import FleetServe

/// `fleet serve token`: the word that lets programs and browsers in.
struct ServeToken: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: Message("show when the token of fleet serve was made, renew or revoke it"),
        discussion: Message(
            "Only a hash of the token is kept, so it is shown once, when it is made. A running server takes the new one at once, and ends what the old one let in."
        ),
        examples: [
            CommandExample("fleet serve token", Message("tells when the token was made")),
            CommandExample("fleet serve token --renew", Message("makes another token; the old one is over")),
        ],
        seeAlso: ["fleet serve"])

    @OptionGroup var global: GlobalOptions
    @Flag(name: .long("renew"), help: Message("make another token and print it")) var renew
    @Flag(name: .long("revoke"), help: Message("let nobody in until another token is made")) var revoke

    func validate() throws(ArgumentError) {
        guard !renew || !revoke else { throw ArgumentError(.invalid, Message("give either --renew or --revoke")) }
    }

    func run(_ context: CommandContext) async throws {
        let token = AccessToken(try context.project(global))
        try context.show(global) { console in
            if renew {
                let word = try token.renew()
                return global.json ? try console.json(["token": word]) : console.result(word)
            }
            if revoke {
                let hadOne = try token.revoke()
                if global.json { return try console.json(["revoked": hadOne]) }
                return console.note(hadOne ? Message("nobody gets in any more") : Message("there is no token"))
            }
            if global.json { return try console.json(["made": JSONValue(token.made?.description)]) }
            guard let made = token.made else {
                return console.note(
                    Message("there is no token: fleet serve makes one, as does fleet serve token --renew"))
            }
            console.result(
                console.text(
                    token.isThere
                        ? Message("a token was made at \(made.localText)")
                        : Message("the token was revoked at \(made.localText)")))
        }
    }
}
