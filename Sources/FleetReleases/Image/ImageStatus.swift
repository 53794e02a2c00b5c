package import FleetBase
package import FleetConfig
import FleetHosts
import FleetPackage

/// What a host's engines have of fleet's images: see `Scripts/image-status.sh`.
struct ImageStatus: Sendable, Hashable {
    struct Image: Sendable, Hashable {
        let id: String
        let tags: [String]
        /// The digests of the layers' tars, from the lowest up.
        let layers: [String]
    }

    /// The first one that answers.
    private(set) var engine: FleetConfig.Method?
    private(set) var architecture = ""
    private(set) var images: [Image] = []
    private(set) var tools: Set<String> = []
    /// The engines that are there and of no use.
    private(set) var problems: [EngineProblem] = []

    /// Ids, names and layers are compared with those of the package's images, and nothing else.
    ///
    /// - Throws: lost, for what is no answer to the question.
    init(_ answer: HostAnswer) throws(Failure) {
        for line in answer.lines {
            switch line.key {
            case "engine": engine = FleetConfig.Method(rawValue: line.value)
            case "arch": architecture = line.value
            case "tool": tools.insert(try line.name(line.value))
            case "problem": break
            case "image": images += Image(line: line.value).map { [$0] } ?? []
            default: break
            }
        }
        problems = try EngineProblem.all(in: answer)
    }

    /// How many layers of an image, from the lowest, the engine has.
    func layers(of image: ContainerImage) -> Int {
        images.map { image.commonLayers(with: $0.layers) }.max() ?? 0
    }

    /// - Returns: the names by which the engine has the image; nil when it has not.
    func tags(of image: ContainerImage) -> [String]? {
        let ids = [image.id.hex, image.manifestDigest.hex]
        return images.first { found in ids.contains { found.id == $0 || found.id == "sha256:\($0)" } }?.tags
    }
}

extension ImageStatus.Image {
    /// - Parameter line: `ID|TAG TAG |LAYER LAYER `.
    fileprivate init?(line: String) {
        let parts = line.split(separator: "|", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        id = String(parts[0])
        // podman's names begin with the registry that they never came from.
        tags = parts[1].split(separator: " ").map { tag in
            tag.hasPrefix("localhost/") ? String(tag.dropFirst("localhost/".count)) : String(tag)
        }
        layers = parts[2].split(separator: " ").map(String.init)
    }
}

/// An engine that is on a host and can't be used there.
package struct EngineProblem: Sendable, Hashable {
    package let engine: FleetConfig.Method
    package let reason: String
    /// The reason where a run does not push images.
    package static let noImage = "the image is not there"

    package init(engine: FleetConfig.Method, reason: String) {
        self.engine = engine
        self.reason = reason
    }

    /// The reason of one that was waited for in vain.
    package static let noAnswer = "no answer"
    /// What fits into a sentence.
    private static let longestReason = 160

    /// What a script told of engines.
    static func all(in answer: HostAnswer) throws(Failure) -> [EngineProblem] {
        var found: [EngineProblem] = []
        for line in answer.all("problem") {
            guard let problem = EngineProblem(line: line.text(atMost: 500)) else { continue }
            guard found.count < FleetConfig.Method.allCases.count else { throw line.senseless }
            found.append(problem)
        }
        return found
    }

    private init?(line: String) {
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        guard let engine = words.first.flatMap(FleetConfig.Method.init) else { return nil }
        self.init(engine: engine, reason: Self.plain(words.dropFirst().first ?? "–"))
    }

    /// The end of what an engine said: the parts before it tell how it came there, from call to call.
    private static func plain(_ said: String) -> String {
        let text = said.hasPrefix("Error: ") ? String(said.dropFirst("Error: ".count)) : said
        guard text.count > longestReason else { return text }
        let parts = text.split(separator: ": ")
        let end = parts.indices.map { parts[$0...].joined(separator: ": ") }.first { $0.count <= longestReason }
        return HostText(end ?? text).line(atMost: longestReason)
    }

    package var message: Message {
        let name = engine.rawValue
        if reason == Self.noAnswer { return Message("\(name) does not answer on the host") }
        return Message("\(name) can't be used on the host: \(reason)")
    }

    package var hint: Message {
        let name = engine.rawValue
        let text = reason.lowercased()
        if reason == Self.noImage { return Message("push it first, or leave --no-push out") }
        // podman has no daemon that a group could have the right to.
        if engine == .docker, text.contains("permission denied") {
            return Message("give the user the right to it: sudo usermod -aG \(name) USER, and log in again")
        }
        if text.contains("cannot connect") || text.contains("can't connect") || text.contains("daemon") {
            return Message("start it there: sudo systemctl start \(name)")
        }
        return Message("see what it says there: \(name) info")
    }
}
