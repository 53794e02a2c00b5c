import FleetBase
import FleetHTTP

/// The style sheet, the script and the icon of the pages. Their names carry their content's hash, so a browser keeps them
/// for as long as it likes and never shows a page with another version's.
struct Assets: Sendable {
    private struct File {
        let name: String
        let type: String
        let content: [UInt8]
    }

    private let files: [File]
    let style: String
    let script: String
    let icon: String
    /// Another one after each change of any of them.
    let build: String

    static let standard = Assets()

    private init() {
        let contents = [
            ("style", "css", "text/css; charset=utf-8", PackageResources.style_css),
            ("fleet", "js", "text/javascript; charset=utf-8", PackageResources.fleet_js),
            ("icon", "svg", "image/svg+xml", PackageResources.icon_svg),
        ]
        files = contents.map { name, suffix, type, content in
            File(name: "\(name)-\(ContentHash.short(content)).\(suffix)", type: type, content: content)
        }
        (style, script, icon) = ("/static/\(files[0].name)", "/static/\(files[1].name)", "/static/\(files[2].name)")
        build = ContentHash.short(files.map(\.name).joined().utf8)
    }

    var routes: [Route] {
        [
            Route("GET", "/static/{file}", .open) { asked in
                guard let file = files.first(where: { $0.name == asked.parameter("file") }) else {
                    throw Problem(404, Message("there is nothing by this address"))
                }
                var response = HTTPResponse(200, type: file.type, file.content)
                response.headers.append(("Cache-Control", "public, max-age=31536000, immutable"))
                return response
            },
            // Browsers ask for it beside answers that are no pages.
            Route("GET", "/favicon.ico", .open) { _ in HTTPResponse(200, type: files[2].type, files[2].content) },
        ]
    }
}
