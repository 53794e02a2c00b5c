import FleetBase
import FleetHTTP
import FleetReport

/// Where a browser tells its one-time code, which stands behind the # of the address and is sent by the script, or the
/// token.
struct LoginPage {
    let frame: PageFrame
    /// Why a visit has ended; nil for who was not in.
    var ending: Message?

    private var words: PageWords { frame.words }

    var response: HTTPResponse {
        HTTPResponse(401, type: "text/html; charset=utf-8", Array(html.utf8))
    }

    /// The page itself is no refusal.
    var asked: HTTPResponse {
        HTTPResponse(200, type: "text/html; charset=utf-8", Array(html.utf8))
    }

    private var html: String {
        frame.bare(
            title: words(Message("Log in")),
            [
                Markup("h1", [:], "fleet")
            ] + (ending.map { [Markup("p", ["id": "ending", "role": "status"], words($0))] } ?? []) + [
                Markup("p", [:], words(Message("Open the address that fleet serve has printed, or give the token."))),
                Markup(
                    "form", ["id": "login", "class": "form", "method": "post", "action": "/login", "data-next": "/"],
                    [
                        Markup("label", ["for": "word"], words(Message("Code or token"))),
                        Markup(
                            "input",
                            [
                                "id": "word", "name": "word", "type": "password", "autocomplete": "current-password",
                                "required": "", "aria-describedby": "word-error", "spellcheck": "false",
                            ]),
                        Markup("p", ["id": "word-error", "class": "error", "role": "alert"], ""),
                        Markup("button", ["type": "submit", "class": "main"], words(Message("Log in"))),
                    ]),
                Markup("noscript", [:], [Markup("p", [:], words(Message("This page needs JavaScript.")))]),
                Markup("p", ["class": "faint"], [frame.languageSwitch]),
            ])
    }
}
