import FleetBase
import FleetConfig
import FleetReport
import FleetService

/// Where people talk to models. The script fills it from the chat's own routes and its stream; the key for the model stays
/// in the page's memory.
struct ChatPage {
    let service: FleetService
    let chats: ChatRoom

    func page(_ request: PageRequest) async throws -> Page {
        let words = request.words
        let chat = request.parameter("chat")
        if !chat.isEmpty { _ = try await chats.chat(chat, of: try request.caller.chatOwner) }
        let package = try? await service.ask(PackagesQuery(["ask"])).first
        let main =
            package.map { self.chat(chat, engines: $0.engines.map(\.name), words) } ?? absent(words)
        var page = Page(
            title: words(Message("Chat")), section: .chat,
            content: [Markup("h1", [:], words(Message("Chat"))), main])
        page.hasStream = false
        return page
    }

    private func absent(_ words: PageWords) -> Markup {
        Markup(
            "section", [:],
            [
                Markup(
                    "p", ["class": "empty"],
                    words(Message("This project has no package ask, whose workers ask the models.")))
            ])
    }

    private func chat(_ id: String, engines: [String], _ words: PageWords) -> Markup {
        Markup(
            "div",
            [
                "id": "chat", "data-chat": id, "data-you": words(Message("You")),
                "data-waiting": words(Message("waiting for a host; questions before this one:")),
                "data-writing": words(Message("writing")), "data-stopped": words(Message("stopped")),
                "data-copy": words(Message("Copy")), "data-copied": words(Message("Copied")),
                "data-remove": words(Message("Forget this chat?")), "data-from": words(Message("from")),
            ],
            [
                Markup(
                    "section", ["class": "chats"],
                    [
                        Markup("h2", ["id": "chats-title"], words(Message("Your chats"))),
                        Markup(
                            "p", [:], [Markup("a", ["class": "button", "href": "/chat"], words(Message("New chat")))]),
                        Markup("ul", ["id": "chats", "class": "plain", "aria-labelledby": "chats-title"], []),
                    ]),
                Markup(
                    "div", ["class": "talk"],
                    [
                        Markup("div", ["id": "messages", "role": "log", "aria-label": words(Message("Chat"))], []),
                        form(engines, words),
                    ]),
            ])
    }

    private func form(_ engines: [String], _ words: PageWords) -> Markup {
        Markup(
            "form", ["id": "question-form", "class": "form"],
            [
                Markup("label", ["for": "question", "class": "unseen"], words(Message("Your question"))),
                Markup(
                    "textarea",
                    ["id": "question", "rows": "3", "required": "", "placeholder": words(Message("Your question"))], ""),
                Markup("p", ["id": "question-error", "class": "error", "role": "alert"], ""),
                Markup(
                    "div", ["class": "end"],
                    [
                        Markup("button", ["type": "submit", "class": "main"], words(Message("Ask"))),
                        Markup("button", ["type": "button", "id": "stop", "hidden": ""], words(Message("Stop"))),
                        Markup("button", ["type": "button", "id": "forget", "hidden": ""], words(Message("Forget"))),
                    ]),
                Markup(
                    "details", ["id": "how", "open": ""],
                    [
                        Markup("summary", [:], words(Message("Key, model and host"))),
                        input(
                            "key", words(Message("key for the model")), type: "password",
                            words(Message("it stays in this page and goes to the worker alone"))),
                        input("model", words(Message("model")), type: "text", "gemini-2.5-flash"),
                        input("base_url", words(Message("address of the model")), type: "url", nil),
                        select("engine", words(Message("engine")), engines, words),
                        select("host", words(Message("host")), hosts, words),
                        Markup(
                            "label", ["class": "box"],
                            [
                                Markup("input", ["type": "checkbox", "id": "simulate"], ""),
                                Markup(text: " " + words(Message("wait 10 s instead of asking"))),
                            ]),
                    ]),
            ])
    }

    private var hosts: [String] { ((try? service.currentInventory.hosts) ?? []).map(\.name.text) }

    private func input(_ name: String, _ label: String, type: String, _ hint: String?) -> Markup {
        Markup(
            "div", ["class": "field"],
            [
                Markup("label", ["for": name], label),
                Markup(
                    "input",
                    [
                        "id": name, "type": type, "autocomplete": "off",
                        "aria-describedby": hint.map { _ in "\(name)-help" },
                    ],
                    ""),
            ] + (hint.map { [Markup("p", ["id": "\(name)-help", "class": "faint"], $0)] } ?? []))
    }

    private func select(_ name: String, _ label: String, _ choices: [String], _ words: PageWords) -> Markup {
        let first = Markup("option", ["value": ""], words(Message("whichever fits")))
        return Markup(
            "div", ["class": "field"],
            [
                Markup("label", ["for": name], label),
                Markup("select", ["id": name], [first] + choices.map { Markup("option", ["value": $0], $0) }),
            ])
    }
}
