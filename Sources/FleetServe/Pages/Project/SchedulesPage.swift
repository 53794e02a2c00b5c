import FleetBase
import FleetConfig
import FleetReport
import FleetService

/// What runs by itself from this machine, and when next.
struct SchedulesPage {
    let service: FleetService

    func page(_ request: PageRequest) async throws -> Page {
        let words = request.words
        let content: Markup
        do {
            let schedules = try await service.ask(SchedulesQuery())
            let rows = schedules.map { schedule in
                Markup(
                    "tr", ["id": "schedule-\(schedule.task)", "data-live": ""],
                    [
                        Markup("th", ["scope": "row"], schedule.task),
                        Markup.cell(words(Message("when")), [Markup("code", [:], schedule.when)]),
                        Markup.cell(words(Message("next time")), schedule.next?.localText ?? "–"),
                    ])
            }
            content = Markup.table(
                [
                    (words(Message("task")), false), (words(Message("when")), false),
                    (words(Message("next time")), false),
                ],
                id: "schedules", caption: words(Message("Schedules")), rows)
        } catch let error as ConfigError {
            // A project without any says so, and how to have one.
            content = Markup(
                "div", ["class": "empty"],
                [Markup("p", [:], words(error.message))] + (error.hint.map { [Markup("p", [:], words($0))] } ?? []))
        }
        return Page(
            title: words(Message("Schedules")), section: .schedules,
            content: [Markup("h1", [:], words(Message("Schedules"))), content])
    }
}
