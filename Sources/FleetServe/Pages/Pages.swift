import FleetBase
import FleetConfig
import FleetHTTP
import FleetReport
import FleetService

/// The pages for people, and the stream that keeps each up to date.
struct Pages: Sendable {
    private let service: FleetService
    private let watch: HostWatch
    private let queues = QueueBoard()
    private let pages: [PageRoute]

    static let languageCookie = "fleet_language"
    private static let year = 365 * 86_400

    init(_ service: FleetService, _ operations: StartedOperations, _ watch: HostWatch, _ chats: ChatRoom) {
        (self.service, self.watch) = (service, watch)
        let queues = queues
        let start = StartPages(service: service)
        pages = [
            PageRoute("/") { try await OverviewPage(service: service, watch: watch, queues: queues).page($0) },
            PageRoute("/runs") { try await RunsPage(service: service, queues: queues).page($0) },
            PageRoute("/runs/{run}") { try await RunPage(service: service, queues: queues).page($0) },
            PageRoute("/hosts/{host}") { try await HostPage(service: service, watch: watch).page($0) },
            PageRoute("/operations/{operation}") {
                try await OperationPage(service: service, operations: operations).page($0)
            },
            PageRoute("/start") { try await start.run($0) }, PageRoute("/start/run") { try await start.run($0) },
            PageRoute("/start/push") { try await start.push($0) },
            PageRoute("/start/tasks") { try await start.tasks($0) },
            PageRoute("/chat") { try await ChatPage(service: service, chats: chats).page($0) },
            PageRoute("/chat/{chat}") { try await ChatPage(service: service, chats: chats).page($0) },
            PageRoute("/packages") { try await PackagesPage(service: service, watch: watch).page($0) },
            PageRoute("/schedules") { try await SchedulesPage(service: service).page($0) },
            PageRoute("/events") { try await EventsPage(service: service).page($0) },
        ]
    }

    var routes: [Route] {
        pages.map { page in
            Route("GET", page.path) { asked in
                let request = PageRequest(asked)
                let frame = frame(request.words, place: request.place)
                return frame.response(await shown(page, request))
            }
        } + [live, language, StartPages(service: service).count] + Assets.standard.routes
    }

    func frame(_ words: PageWords, place: String) -> PageFrame {
        PageFrame(
            project: service.project.folder.split(separator: "/").last.map(String.init) ?? "", words: words,
            place: place)
    }

    /// A page without navigation that says what is wrong, for whoever asks.
    @Sendable func response(to problem: Problem, in language: Language) -> HTTPResponse {
        let frame = frame(PageWords(language: language), place: "/")
        let html = frame.bare(
            title: frame.words(Message("There is a problem")),
            Self.content(problem, frame.words) + [
                Markup("p", [:], [.link("/", frame.words(Message("Overview")))])
            ])
        return HTTPResponse(problem.status, type: "text/html; charset=utf-8", Array(html.utf8))
    }

    private static func content(_ problem: Problem, _ words: PageWords) -> [Markup] {
        [
            Markup("h1", [:], words(Message("There is a problem"))),
            Markup("p", ["class": "error"], words(problem.message)),
        ] + (problem.hint.map { [Markup("p", ["class": "faint"], words($0))] } ?? [])
    }

    /// The page, or one that says what is wrong.
    private func shown(_ route: PageRoute, _ request: PageRequest) async -> Page {
        do { return try await route.make(request) } catch {
            let (problem, words) = (Problem(error), request.words)
            // A page is asked for by its address alone, so what can't be found is not there.
            let status = problem.status == 422 ? 404 : problem.status
            return Page(
                status: status, title: words(Message("There is a problem")),
                content: Self.content(problem, words))
        }
    }

    // MARK: Live

    private var live: Route {
        Route("GET", "/live") { asked in
            guard let text = asked.request.query("page"), text.hasPrefix("/") else {
                throw Problem(422, Message("the address of a page is missing: page=/"))
            }
            let target = try HTTPTarget(reading: ArraySlice(text.utf8))
            for page in pages {
                let route = Route("GET", page.path) { try $0.answer(JSONValue.null) }
                guard let parameters = route.match(target.path) else { continue }
                let request = PageRequest(
                    target: target, parameters: parameters, words: PageWords(language: asked.language),
                    caller: asked.caller)
                return LiveStream(
                    service: service, watch: watch, board: queues,
                    make: { try await page.make(request) }, shown: asked.request.query("have")
                ).response
            }
            throw Problem(404, Message("there is nothing by this address"))
        }
    }

    // MARK: Language

    /// Remembers the language in which somebody wants to read, and goes back to where he was.
    private var language: Route {
        Route("GET", "/language/{language}", .open) { asked in
            guard let language = Language(rawValue: asked.parameter("language")) else {
                throw Problem(404, Message("there is nothing by this address"))
            }
            // A place of this server alone: two slashes would begin another one's name, and no target has them.
            let back = try? HTTPTarget(reading: ArraySlice((asked.request.query("back") ?? "/").utf8))
            var response = HTTPResponse(303)
            response.headers = [
                ("Location", back?.place ?? "/"),
                (
                    "Set-Cookie",
                    "\(Self.languageCookie)=\(language.rawValue); Path=/; Max-Age=\(Self.year); HttpOnly; SameSite=Strict"
                ),
            ]
            return response
        }
    }
}

extension PageRequest {
    fileprivate init(_ asked: Asked) {
        self.init(
            target: asked.request.head.target, parameters: asked.parameters, words: PageWords(language: asked.language),
            caller: asked.caller)
    }
}
