import FleetBase
import FleetTerminal

/// What somebody can do here and now, each with the command that does it.
struct Menu: Sendable {
    struct Entry: Sendable {
        /// The letter that chooses it.
        let key: Character
        let title: Message
        /// After the program's name.
        let words: [String]

        var line: String { (["fleet"] + words).map { ShellWord($0) }.commandLine }
    }

    enum Action {
        case run(Entry)
        case quit
        /// As Ctrl-Z does where nobody draws.
        case stop
    }

    /// More packages are run by their names.
    private static let mostPackages = 3

    let scene: MenuScene
    let entries: [Entry]
    private(set) var chosen = 0

    init(_ scene: MenuScene) {
        self.scene = scene
        entries = Self.entries(scene)
    }

    mutating func press(_ key: Key) -> Action? {
        switch key {
        case .up, .backTab: chosen = (chosen + entries.count - 1) % entries.count
        case .down, .tab: chosen = (chosen + 1) % entries.count
        case .home, .pageUp: chosen = 0
        case .end, .pageDown: chosen = entries.count - 1
        case .enter: return .run(entries[chosen])
        case .character("q"), .escape, .control("c"), .control("d"): return .quit
        case .control("z"): return .stop
        case .character(let letter):
            guard let index = entries.firstIndex(where: { $0.key == Character(letter.lowercased()) }) else { break }
            chosen = index
        case .left, .right, .backspace, .control: break
        }
        return nil
    }

    // MARK: What can be done

    private static func entries(_ scene: MenuScene) -> [Entry] {
        let general = [
            Entry(key: "d", title: Message("see it all once, on hosts of its own"), words: ["demo"]),
            Entry(key: "h", title: Message("all commands"), words: ["--help"]),
        ]
        guard scene.project != nil else {
            return [Entry(key: "i", title: Message("make a project in this folder"), words: ["init"])] + general
        }
        guard scene.isReadable else {
            let check = Entry(key: "c", title: Message("find out what is wrong in the files"), words: ["check"])
            return [check] + work(scene, general: general)
        }
        let add = Entry(key: "a", title: Message("add a host"), words: ["host", "add"])
        guard scene.remoteHosts > 0 else { return [add] + status(scene) + work(scene, general: general) }
        return status(scene) + [add] + work(scene, general: general)
    }

    private static func status(_ scene: MenuScene) -> [Entry] {
        guard scene.hosts > 0 else { return [] }
        return [Entry(key: "s", title: Message("how the hosts and runs are"), words: ["status"])]
    }

    private static func work(_ scene: MenuScene, general: [Entry]) -> [Entry] {
        guard !scene.packages.isEmpty else {
            let new = Entry(key: "n", title: Message("write a first package"), words: ["package", "new", "hello"])
            return [new] + general
        }
        guard scene.hosts > 0 else { return general }
        // What is run is built and brought to the hosts first; nobody waits for packages that are not.
        var entries: [Entry] = []
        for (index, package) in scene.packages.prefix(mostPackages).enumerated() {
            let key: Character = index == 0 ? "r" : Character("\(index + 1)")
            entries.append(Entry(key: key, title: Message("run \(package) on all hosts"), words: ["run", package]))
        }
        let monitor = Entry(key: "m", title: Message("watch the hosts and runs"), words: ["monitor"])
        return entries + [monitor] + general
    }
}
