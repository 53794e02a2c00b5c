import FleetBase
import FleetHTTP
import FleetReport

/// What stands around every page: head, navigation, language, the switch of live updates.
struct PageFrame: Sendable {
    enum Section: String, CaseIterable, Sendable {
        case overview, start, chat, packages, schedules, events

        var place: String { self == .overview ? "/" : "/\(rawValue)" }

        var title: Message {
            switch self {
            case .overview: Message("Overview")
            case .start: Message("Start")
            case .chat: Message("Chat")
            case .packages: Message("Packages")
            case .schedules: Message("Schedules")
            case .events: Message("Events")
            }
        }
    }

    let project: String
    let words: PageWords
    /// The address of the page, to come back to in another language.
    let place: String

    func response(_ page: Page) -> HTTPResponse {
        HTTPResponse(page.status, type: "text/html; charset=utf-8", Array(html(page).utf8))
    }

    func html(_ page: Page) -> String {
        let main = PageContent(page)
        return document(
            title: page.title,
            [
                Markup("a", ["class": "skip", "href": "#main"], words(Message("to the content"))), top(page),
                Markup(
                    "main",
                    [
                        "id": "main", "tabindex": "-1", "data-page": page.hasStream ? place : nil,
                        "data-hash": main.hash,
                        "data-build": Assets.standard.build,
                    ], page.content),
                status,
            ])
    }

    /// A document without navigation, for who is not in yet.
    func bare(title: String, _ content: [Markup]) -> String {
        document(title: title, [Markup("main", ["id": "main", "class": "bare"], content)])
    }

    private func document(title: String, _ body: [Markup]) -> String {
        let assets = Assets.standard
        let head = [
            Markup("meta", ["charset": "utf-8"]),
            Markup("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
            Markup("meta", ["name": "color-scheme", "content": "light dark"]),
            Markup("title", [:], title + " – fleet"),
            Markup("link", ["rel": "stylesheet", "href": assets.style]),
            Markup("link", ["rel": "icon", "href": assets.icon, "type": "image/svg+xml"]),
            Markup("script", ["type": "module", "src": assets.script]),
        ]
        let page = Markup(
            "html", ["lang": words.language.rawValue], [Markup("head", [:], head), Markup("body", [:], body)])
        return "<!DOCTYPE html>\n\(page.text)\n"
    }

    private func top(_ page: Page) -> Markup {
        let links = Section.allCases.map { item in
            Markup(
                "a", ["href": item.place, "aria-current": item == page.section ? "page" : nil], words(item.title))
        }
        return Markup(
            "header", ["class": "top"],
            [
                Markup(
                    "a", ["class": "brand", "href": "/"],
                    [Markup("strong", [:], "fleet"), Markup("span", [:], project)]),
                Markup("nav", ["aria-label": words(Message("pages"))], links),
                Markup(
                    "div", ["class": "tools"],
                    (page.hasStream ? [pause] : []) + [
                        languageSwitch,
                        Markup("button", ["type": "button", "id": "leave"], words(Message("Log out"))),
                    ]),
            ])
    }

    /// Of no use on a page that has a stream of its own.
    private var pause: Markup {
        Markup(
            "button",
            [
                "type": "button", "id": "pause", "aria-pressed": "false",
                "title": words(Message("stop live updates for a while")),
            ],
            [
                Markup("span", ["class": "pulse", "aria-hidden": "true"], "●"),
                Markup(text: " " + words(Message("Pause"))),
            ])
    }

    /// Names the other language in itself.
    var languageSwitch: Markup {
        let other: Language = words.language == .english ? .spanish : .english
        return Markup(
            "a",
            [
                "href": "/language/\(other.rawValue)\(AddressWord.query([("back", place)]))", "lang": other.rawValue,
                "hreflang": other.rawValue, "class": "button",
            ], other == .english ? "English" : "Español")
    }

    /// What the script has to say now and then; it knows no words of its own.
    private var status: Markup {
        Markup(
            "p",
            [
                "id": "status", "role": "status",
                "data-lost": words(Message("The connection is gone. Trying again.")),
                "data-back": words(Message("Connected again.")),
                "data-paused": words(Message("Live updates are paused.")),
                "data-failed": words(Message("The server did not answer.")),
            ], "")
    }
}
