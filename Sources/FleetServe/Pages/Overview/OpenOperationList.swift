import FleetBase
import FleetEvents
import FleetReport
import FleetService
import FleetViews

/// What goes on now, whoever started it, with the way to each operation and to its end.
struct OpenOperationList {
    let words: PageWords

    /// The operations that everybody with the token may see: what a chat asks is one visitor's.
    static func latest(_ service: FleetService) async throws -> [OpenOperation] {
        try await service.openOperations().filter { $0.start.command != ChatRoom.command }
    }

    func section(_ operations: [OpenOperation]) -> Markup {
        Markup(
            "section", ["class": "now", "aria-labelledby": "operations-title"],
            [
                Markup("h2", ["id": "operations-title"], words(Message("Running now"))),
                Markup.note(
                    "no-operations", [Markup(text: words(Message("Nothing is running.")))], isShown: operations.isEmpty),
                Markup("ul", ["id": "operations", "data-list": "", "class": "runs"], operations.map(item)),
            ])
    }

    private func item(_ operation: OpenOperation) -> Markup {
        let command = operation.start.command ?? operation.start.name
        let title = ShownCommand(command).text
        return Markup(
            "li", ["id": "operation-\(operation.id)", "data-live": ""],
            [
                Markup(
                    "div", ["class": "line"],
                    [
                        StateSign.running.markup(words(Message("running"))),
                        Markup(
                            "a",
                            [
                                "href": OperationPage.place(of: operation.id), "class": "name",
                                "title": HostText(command).line(atMost: 400),
                            ], title),
                        words.age(operation.started), OperationPage.cancel(operation.id, title, words),
                    ])
            ])
    }
}
